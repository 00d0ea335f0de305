/** Says each record of a procure-to-pay trial in one business sentence. */
import { describeDuration } from '../harness/duration.ts';
import type {
  AbandonedRecord,
  CompletedRecord,
  DeliveredRecord,
  FaultRecord,
  HistoryRecord,
  InvokedRecord,
} from '../harness/record.ts';
import type { Narrator } from '../harness/workload.ts';
import { called, sentenceCase } from './invariants/wording.ts';
import { narrateCommit } from './narrate-documents.ts';

/** Stateless: every sentence stands for its record alone. */
export const narrateProcureToPay: Narrator = (record: HistoryRecord) => {
  switch (record.type) {
    case 'commit':
      return narrateCommit(record);
    case 'exchange.invoked':
      return invoked(record);
    case 'exchange.completed':
      return completed(record);
    case 'message.delivered':
      return delivered(record);
    case 'message.abandoned':
      return abandoned(record);
    case 'fault.fired':
      return struck(record);
    case 'fault.injected':
    case 'fault.healed':
      return `Somebody ${record.type === 'fault.injected' ? 'put in' : 'ended'} the fault "${record.fault}".`;
    case 'actor.acted': {
      const refused = record.refused === undefined ? '' : `, and was refused (${record.refused})`;
      return `${sentenceCase(record.actor)} did ${record.action}${about(record.key)} in ${called(record.system)}${refused}.`;
    }
    case 'integration':
      return `The integration ${record.event === 'exited' || record.event === 'killed' ? 'died' : record.event}${record.detail === undefined ? '' : ` (${record.detail})`}.`;
    case 'phase':
      return record.phase === 'heal' ? 'All faults were healed.' : undefined;
    default:
      return undefined;
  }
};

const about = (key: string | undefined): string => (key === undefined ? '' : ` for ${key}`);

/** "createPurchaseOrder" as people say it: "create purchase order". */
const inWords = (operation: string): string =>
  operation.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

function invoked(record: InvokedRecord): string {
  const { callee, operation, key, attempt, safe, idempotencyKey, method } = record;
  if (safe) return `The integration asked ${called(callee)}: ${inWords(operation)}${about(key)}.`;
  const marks = [
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
    ...(method === 'POST' ? [keyed(idempotencyKey)] : []),
  ];
  const how = marks.length === 0 ? '' : ` (${marks.join(', ')})`;
  return `The integration called ${called(callee)}: ${inWords(operation)}${about(key)}${how}.`;
}

const keyed = (idempotencyKey: string | undefined): string =>
  idempotencyKey === undefined ? 'without an idempotency key' : `idempotency key ${idempotencyKey}`;

function completed(record: CompletedRecord): string {
  const { outcome, status, cut, rule, key, retryAfterMs, callee } = record;
  const who = sentenceCase(called(callee));
  if (outcome === 'ok') return `${who} answered ${status ?? 'well'}${about(key)}.`;
  if (cut === 'refused') return `${who} could not be reached${about(key)}.`;
  if (cut !== undefined)
    return `The answer${about(key)} was lost: the connection ${cut === 'reset' ? 'broke' : 'timed out'}.`;
  const why = rule === undefined ? '' : ` (${rule})`;
  const wait =
    retryAfterMs === undefined ? '' : ` and asked to wait ${describeDuration(retryAfterMs)}`;
  return `${who} answered ${status ?? 'an error'}${about(key)}${why}${wait}.`;
}

function delivered(record: DeliveredRecord): string {
  const { system, event, key, version, attempt, copy, outcome, status } = record;
  const marks = [
    ...(copy > 1 ? [`copy ${copy}`] : []),
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
  ];
  const how = marks.length === 0 ? '' : ` (${marks.join(', ')})`;
  const end =
    outcome === 'ok' ? 'reached the integration' : `was not taken (${status ?? 'no answer'})`;
  return `${sentenceCase(called(system))}'s message ${event} about ${key}, version ${version}, ${end}${how}.`;
}

const abandoned = ({ system, key }: AbandonedRecord): string =>
  `${sentenceCase(called(system))} gave its message about ${key} up.`;

const faults: Readonly<Record<string, string>> = {
  loseResponse: 'The answer was lost on its way back',
  lateCommit: 'It was answered before it was committed',
  duplicate: 'The message was duplicated',
  drop: 'The message was dropped',
  delay: 'The message was delayed',
  reorder: 'The message was overtaken by later ones',
  stale: 'An older version was sent again',
  staleRead: 'The answer was of some time ago',
  throttle: 'The call was throttled',
  reject: 'The call was refused on purpose',
  expireToken: 'The access token expired',
  outage: 'The system was down',
  latency: 'The answer was slow',
};

const struck = ({ kind, link, key, detail }: FaultRecord): string =>
  `${faults[kind] ?? `The fault ${kind} struck`}${about(key)} on ${link}${detail === undefined ? '' : ` (${detail})`}.`;
