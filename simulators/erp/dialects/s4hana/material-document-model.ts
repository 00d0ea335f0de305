/** The model of API_MATERIAL_DOCUMENT_SRV: its fields and function imports. */
import type { FunctionImport, ServiceModel } from '../../../odata/model.ts';
import { materialDocumentFields } from './fields/material-document-fields.ts';
import { serviceModel } from './s4-service.ts';

const text = (name: string, maxLength: number) => ({
  name,
  type: 'Edm.String' as const,
  maxLength,
});

const functions: readonly FunctionImport[] = [
  {
    name: 'Cancel',
    method: 'POST',
    parameters: [
      text('MaterialDocumentYear', 4),
      text('MaterialDocument', 10),
      { name: 'PostingDate', type: 'Edm.DateTime' },
    ],
    returns: { set: 'A_MaterialDocumentHeader' },
  },
  {
    name: 'CancelItem',
    method: 'POST',
    parameters: [
      text('MaterialDocumentYear', 4),
      text('MaterialDocument', 10),
      text('MaterialDocumentItem', 4),
      { name: 'PostingDate', type: 'Edm.DateTime' },
    ],
    returns: { set: 'A_MaterialDocumentItem' },
  },
];

export const materialDocumentModel = (): ServiceModel =>
  serviceModel('API_MATERIAL_DOCUMENT_SRV', materialDocumentFields, { functions });
