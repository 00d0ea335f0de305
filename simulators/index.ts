/** The systems that a landscape may hold, and their `plain` dialects. */
export { type ErpOptions, erp } from './erp/index.ts';
export { type ProcurementOptions, procurement } from './procurement/index.ts';
export { type WmsOptions, wms } from './wms/index.ts';
export { plainErp } from './erp/dialects/plain/plain-erp.ts';
export { plainProcurement } from './procurement/dialects/plain/plain-procurement.ts';
export { plainWms } from './wms/dialects/plain/plain-wms.ts';
export type { PlainSettings } from './plain/prepared.ts';
export type { MasterDataSeed } from './erp/drafts.ts';
