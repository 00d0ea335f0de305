/**
 * The ERP as SAP S/4HANA speaks: OData V2 services of purchasing, goods movements, invoice
 * verification, business partners, products and stock. JSON in full; Atom is not there (data is
 * answered in JSON always, errors in XML where no JSON is asked for).
 */
import type { Dialect } from '../../../../harness/system.ts';
import type { ErpCore } from '../../erp-core.ts';
import { S4hanaPort } from './s4hana-port.ts';
import { type S4hanaSettings, basePath, prepare, tokenPath } from './prepared-services.ts';

/** The wire of SAP S/4HANA over the ERP's core. */
export const s4hanaErp = (settings: S4hanaSettings = {}): Dialect<ErpCore> => {
  const prepared = prepare(settings);
  return {
    name: 's4hana',
    access: { basePath, tokenPath },
    mount: (mounting) => new S4hanaPort(prepared, mounting),
  };
};
