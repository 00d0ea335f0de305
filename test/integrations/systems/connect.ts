/** The ports of a landscape, each in the dialect that its system speaks. */
import type { Environment } from '../kit/environment.ts';
import type { Policies } from '../kit/policies.ts';
import type { ErpPort, Ports, ProcurementPort, WmsPort } from '../kit/ports.ts';
import { coupaProcurement } from './coupa/coupa-procurement.ts';
import { plainErp, plainProcurement, plainWms } from './plain/plain-ports.ts';
import { s4hanaErp } from './s4hana/s4hana-erp.ts';

type Connect<Port> = (environment: Environment, policies: Policies) => Port;

const procurements: Readonly<Record<string, Connect<ProcurementPort>>> = {
  plain: plainProcurement,
  coupa: coupaProcurement,
};
const erps: Readonly<Record<string, Connect<ErpPort>>> = { plain: plainErp, s4hana: s4hanaErp };
const warehouses: Readonly<Record<string, Connect<WmsPort>>> = { plain: plainWms };

/** Throws when a system speaks what this integration has no module for. */
export function connect(environment: Environment, policies: Policies): Ports {
  const port = <Port>(name: string, known: Readonly<Record<string, Connect<Port>>>): Port => {
    const dialect = environment.systems[name]?.dialect ?? 'plain';
    const found = known[dialect];
    if (found === undefined) throw new Error(`This integration does not speak ${dialect}`);
    return found(environment, policies);
  };
  return {
    procurement: port('procurement', procurements),
    erp: port('erp', erps),
    wms: port('wms', warehouses),
  };
}
