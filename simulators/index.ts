/** The systems that a landscape may hold, and their `plain` dialects. */
export { type ErpOptions, erp } from './erp/index.ts';
export { type ProcurementOptions, procurement } from './procurement/index.ts';
export { type WmsOptions, wms } from './wms/index.ts';
export { plainErp } from './erp/dialects/plain/plain-erp.ts';
export { plainProcurement } from './procurement/dialects/plain/plain-procurement.ts';
export {
  type CoupaOptions,
  coupa,
  coupaProcurement,
} from './procurement/dialects/coupa/coupa-procurement.ts';
export type { CoupaSettings } from './procurement/dialects/coupa/coupa-port.ts';
export { plainWms } from './wms/dialects/plain/plain-wms.ts';
export type { PlainSettings } from './plain/prepared.ts';
export type { MasterDataSeed } from './erp/drafts.ts';
export { type S4hanaOptions, s4hana } from './erp/dialects/s4hana/s4hana.ts';
export { s4hanaErp } from './erp/dialects/s4hana/s4hana-erp.ts';
