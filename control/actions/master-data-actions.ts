/** What the steward of master data does in the ERP; the other systems learn of it by the integration. */
import type { Action } from './action.ts';
import { body, key, text } from './fields.ts';

const changeSupplier: Action = {
  name: 'change-supplier',
  summary: 'The steward corrects the name of a supplier in the ERP.',
  actor: 'steward',
  system: 'erp',
  body: body('ChangeSupplier', { supplier: key(), name: text(80) }),
  perform: (stage, { supplier, name }: { supplier: string; name: string }, context) => {
    const data = stage.erp.masterData.changeSupplier(supplier, { name }, context);
    return { document: 'Supplier', id: supplier, data };
  },
};

const changeMaterial: Action = {
  name: 'change-material',
  summary: 'The steward corrects the description of a material in the ERP.',
  actor: 'steward',
  system: 'erp',
  body: body('ChangeMaterial', { material: key(), description: text(40) }),
  perform: (stage, input: { material: string; description: string }, context) => {
    const { material, description } = input;
    const data = stage.erp.masterData.changeMaterial(material, { description }, context);
    return { document: 'Material', id: material, data };
  },
};

export const masterDataActions: readonly Action[] = [changeSupplier, changeMaterial];
