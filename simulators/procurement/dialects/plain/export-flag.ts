/** The exported flag: what the integration says it has taken over, and what it has not yet. */
import type { Context } from '../../../../harness/context.ts';
import type { Endpoint, Filter, Resource } from '../../../plain/endpoint.ts';
import { actionOf } from '../../../plain/resource-endpoints.ts';
import { type Schema, count, flag, key, named, object, oneOf } from '../../../plain/schema.ts';
import type { ExportFlag, ExportedKind } from '../../documents.ts';
import type { ProcurementCore } from '../../procurement-core.ts';

export interface Exported {
  readonly exported: boolean;
}

const answer: Schema = named(
  'ExportFlag',
  object({
    kind: oneOf(
      'Requisition',
      'PurchaseOrder',
      'OrderAcknowledgement',
      'AdvanceShipNotice',
      'Receipt',
      'Invoice',
    ),
    number: key(40),
    exported: flag,
    'lastExportedAt?': count(0, Number.MAX_SAFE_INTEGER),
  }),
);

/** `POST /resource/{number}/exported`. */
export const exportAction = <D extends object>(
  resource: Resource<ProcurementCore, D>,
  kind: ExportedKind,
  run: (core: ProcurementCore, number: string, body: Exported, context: Context) => ExportFlag = (
    core,
    number,
    { exported },
    context,
  ) => core.exports.mark(kind, number, exported, context),
): Endpoint<ProcurementCore> =>
  actionOf<ProcurementCore, D, ExportFlag, Exported>(resource, {
    path: 'exported',
    operation: `mark${resource.singular}Exported`,
    summary:
      'Sets or takes back the exported flag; a later change of the document takes it back, too.',
    body: named('Exported', object({ exported: flag })),
    answer,
    run,
  });

/** `?exported=false`. */
export const exportedFilter = <D extends { readonly number: string }>(
  kind: ExportedKind,
): Filter<ProcurementCore, D> => ({
  name: 'exported',
  description: 'Only documents with (`true`) or without (`false`) the exported flag.',
  schema: oneOf('true', 'false'),
  matches: ({ number }, value, core) => String(core.exports.isExported(kind, number)) === value,
});
