/** Puts so many 3-line orders into an ERP, each with a reference of its own, as over the wire. */
import type { InsertLandscape } from './insert-landscape.ts';

/** Answers with the last one's number, as the plain wire tells it. Throws when one is refused. */
export async function fillWithOrders(
  { ask, nextOrder, path }: InsertLandscape,
  orders: number,
): Promise<string> {
  let last: Response | undefined;
  for (let i = 0; i < orders; i++) {
    last = await ask('POST', path, nextOrder());
    if (last.status !== 201) throw new Error(`Failed to insert: ${await last.text()}`);
  }
  return last === undefined ? '' : ((await last.json()) as { number: string }).number;
}
