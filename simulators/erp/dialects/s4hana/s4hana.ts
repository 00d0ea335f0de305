/** An ERP for a landscape that speaks as SAP S/4HANA does. */
import type { SystemFactory } from '../../../../harness/system.ts';
import { type ErpOptions, erp } from '../../index.ts';
import type { S4hanaSettings } from './prepared-services.ts';
import { s4hanaErp } from './s4hana-erp.ts';

export interface S4hanaOptions extends Omit<ErpOptions, 'dialects'> {
  /** Page size, token lifetime. */
  readonly wire?: S4hanaSettings;
}

/** Makes an S/4HANA for each landscape. */
export const s4hana = ({ wire, ...options }: S4hanaOptions = {}): SystemFactory =>
  erp({ ...options, dialects: [s4hanaErp(wire)] });
