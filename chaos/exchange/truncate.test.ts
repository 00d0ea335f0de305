import { describe, expect, test } from 'vitest';
import { NotesLandscape } from '../../harness/testing/notes-system.ts';
import { type Outcome, reply } from '../../harness/wire.ts';
import type { ExchangeTools, ExchangeView } from '../../harness/fault.ts';
import { truncate } from './truncate.ts';

const link = 'integration -> notes';
const read: ExchangeView = { link, operation: 'list', attempt: 1, method: 'GET', safe: true };

/** What becomes of an answer, and what the fault says that it did. */
function struck(body: string, share?: number, view: ExchangeView = read): [string, string[]] {
  const said: string[] = [];
  const tools = { fired: (detail: string) => said.push(detail) } as unknown as ExchangeTools;
  const answer = reply({ status: 200, headers: {}, body });
  const fault = truncate(link, share === undefined ? {} : { share });
  const outcome = fault.intercept(view, () => answer, tools) as Outcome;
  return [outcome.kind === 'reply' ? outcome.reply.body : '', said];
}

describe('truncate', () => {
  test('leaves the beginning of the first list, and says how much', () => {
    expect(struck('{"name":"f","lines":["a","b","c"],"other":[1,2]}')).toEqual([
      '{"name":"f","lines":["a"],"other":[1,2]}',
      ['1 of 3'],
    ]);
    expect(struck('[1,2,3,4]', 0.75)).toEqual(['[1,2,3]', ['3 of 4']]);
    expect(struck('{"items":[1]}', 0)).toEqual(['{"items":[]}', ['0 of 1']]);
  });

  test.each(['{"items":[]}', '{"a":1}', 'no JSON', '"text"', 'null', ''])(
    'leaves %s alone, and does not fire',
    (body) => expect(struck(body)).toEqual([body, []]),
  );

  test('never strikes what may change something', () => {
    expect(struck('[1,2]', 0, { ...read, method: 'POST', safe: false })).toEqual(['[1,2]', []]);
  });

  test('strikes the first read of a key, and the next one sees all', async () => {
    const notes = new NotesLandscape([truncate(link)]);
    expect(notes.landscape.world.faults.exchangeFaults(read)).toHaveLength(1);
    expect(notes.landscape.world.faults.exchangeFaults({ ...read, attempt: 2 })).toHaveLength(0);
  });

  test('refuses a share that cuts nothing', () => {
    expect(() => truncate(link, { share: 1 })).toThrow(/share/);
  });
});
