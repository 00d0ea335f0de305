/** The landscape's master data as k6 needs it; the same in every shard, because it comes by the seed. */
import type { Market } from '../business/order-life.ts';
import { must } from './control.ts';

interface Page {
  readonly items: readonly { readonly id: string; readonly data: Record<string, unknown> }[];
  readonly next?: string;
}

export function readMarket(landscape: string, system: string): Market {
  const path = `/v1/landscapes/${landscape}/documents/${system}`;
  const suppliers = all(`${path}/Supplier`).filter(({ data }) => data['blocked'] !== true);
  const materials = all(`${path}/Material`).filter(({ data }) => data['deleted'] !== true);
  return {
    suppliers: suppliers.map(({ id }) => id),
    materials: materials.map(({ id }) => id),
    inLots: materials.filter(({ data }) => data['batchManaged'] === true).map(({ id }) => id),
  };
}

/** Documents of a kind, page by page. */
export function all(path: string): Page['items'][number][] {
  const found: Page['items'][number][] = [];
  for (let after: string | undefined; ;) {
    const from = after === undefined ? '' : `&after=${encodeURIComponent(after)}`;
    const { items, next } = must<Page>('GET', `${path}?limit=1000${from}`);
    found.push(...items);
    if (next === undefined) return found;
    after = next;
  }
}
