/**
 * Integration errors: where an integration leaves what it could not deliver, and says later that it
 * is settled. The suite keeps them as documents, so that a trial sees its dead letters.
 */
import type { Collection } from '../../../../harness/collection.ts';
import type { ProcurementCore } from '../../procurement-core.ts';
import {
  type Table,
  type View,
  boolean,
  createdAt,
  datetime,
  integer,
  string,
  updatedAt,
} from './attributes.ts';
import { given } from './body.ts';
import { invalid } from './coupa-refusal.ts';
import type { Call, CoupaEndpoint } from './endpoint.ts';
import { numberOf } from './identities.ts';
import { type Resource, changeOf, createOf, listOf, rowsOfAll, showOf } from './resource.ts';
import { timeText } from './wire-text.ts';

interface IntegrationError {
  readonly number: string;
  readonly integration: string;
  readonly message: string;
  /** Kind and number of the document it is about. */
  readonly objectType?: string;
  readonly objectReference?: string;
  readonly resolved: boolean;
}

const kind = 'IntegrationError';

const errorsOf = ({ store }: ProcurementCore): Collection<IntegrationError> =>
  store.collection<IntegrationError>(kind);

const idOf = ({ number }: IntegrationError, { ids }: View): number => ids.idOf(kind, number);

const table: Table<IntegrationError> = {
  keys: ['id'],
  attributes: {
    id: integer(idOf),
    'created-at': datetime(({ number }, { core }) => timeText(createdAt(errorsOf(core), number))),
    'updated-at': datetime(({ number }, { core }) => timeText(updatedAt(errorsOf(core), number))),
    'integration-name': string(({ integration }) => integration),
    message: string(({ message }) => message),
    'document-type': string(({ objectType }) => objectType),
    'document-id': string(({ objectReference }) => objectReference),
    status: string(({ resolved }) => (resolved ? 'resolved' : 'open')),
    resolved: boolean(({ resolved }) => resolved),
  },
};

const rows = (number: string, { core }: View): IntegrationError[] => {
  const error = errorsOf(core).get(number);
  return error === undefined ? [] : [error];
};

const errors: Resource<IntegrationError> = {
  name: 'integration_errors',
  singular: 'IntegrationError',
  plural: 'IntegrationErrors',
  object: 'core.integration',
  table,
  idOf,
  byId: (id, view) => rows(numberOf(kind, id) ?? '', view)[0],
  all: (view) => rowsOfAll(kind, rows, view),
  documents: { kind, rows },
  keyOf: ({ number }) => number,
};

function create({ body, core }: Call): IntegrationError {
  const number = `IE-${String(core.store.nextNumber('IE')).padStart(7, '0')}`;
  const error: IntegrationError = {
    number,
    integration: body.text('integration-name') ?? 'integration',
    message: body.required('message', body.text('message', 2000)),
    resolved: false,
    ...given({
      objectType: body.text('document-type'),
      objectReference: body.text('document-id'),
    }),
  };
  return errorsOf(core).put(number, error).data;
}

export const integrationErrorEndpoints: readonly CoupaEndpoint[] = [
  listOf(errors),
  showOf(errors),
  createOf(errors, {
    operation: 'createIntegrationError',
    key: ({ text }) => text('document-id'),
    run: create,
  }),
  changeOf(errors, {
    action: 'resolve',
    operation: 'resolveIntegrationError',
    run: (error, { core }) => {
      if (error.resolved) throw invalid('already-resolved', 'is resolved already', 'status');
      return errorsOf(core).put(error.number, { ...error, resolved: true }).data;
    },
  }),
];
