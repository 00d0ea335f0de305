import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PublishedEvent } from '../../harness/system.ts';
import { cloudEvent, cloudEventText } from './cloud-event.ts';
import { RecentJson } from './recent-json.ts';

const document = fc.dictionary(fc.string(), fc.jsonValue());
const answer = fc.oneof(
  document,
  fc.record({ items: fc.array(document, { maxLength: 3 }) }),
  fc.record({ items: fc.array(document, { maxLength: 2 }), next: fc.string() }),
  fc.record({ items: fc.jsonValue() }),
);

test('says what JSON.stringify says, however often and however little it may keep', () => {
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 5 }), fc.nat(200), (answers, most) => {
      const recent = new RecentJson(most);
      for (const each of [...answers, ...answers]) {
        expect(recent.answer(each)).toBe(JSON.stringify(each));
        expect(recent.of(each)).toBe(JSON.stringify(each));
      }
    }),
  );
});

test('an event is the text of its object', () => {
  const event = { id: 'e', source: 's', at: 0, type: 't', document: 'D', key: 'k', version: 1 };
  fc.assert(
    fc.property(fc.oneof(document, fc.jsonValue()), fc.boolean(), (data, traced) => {
      const told = {
        ...event,
        correlationId: 'c',
        data,
        ...(traced ? { traceparent: '00-1' } : {}),
      } as PublishedEvent;
      const text = cloudEventText(told, 'erp', new RecentJson(1000));
      expect(text).toBe(JSON.stringify(cloudEvent(told, 'erp')));
    }),
  );
});
