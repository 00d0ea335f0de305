/**
 * What a team does whose system and whose fault seatrial does not have: a customs broker of their own
 * that wants a declaration for each ship notice, and a gateway that says yes and does nothing.
 */
import { describe, expect, test } from 'vitest';
import {
  BusinessError,
  type Dialect,
  type ExchangeFault,
  type FaultOptions,
  type Store,
  type WireReply,
  defineSystem,
  exchangeFault,
  reply,
} from '../extend.ts';
import {
  type Integration,
  defineFlow,
  defineTrial,
  flowInvariants,
  inProcess,
  procureToPay,
  runTrial,
} from '../index.ts';
import { erp, procurement, wms } from '../simulators.ts';

interface Declaration {
  readonly shipNotice: string;
  readonly supplier: string;
}

class CustomsCore {
  readonly #declarations;

  constructor(store: Store) {
    this.#declarations = store.collection<Declaration>('Declaration');
  }

  declare(declaration: Declaration): Declaration {
    if (this.#declarations.get(declaration.shipNotice) !== undefined) {
      const { shipNotice } = declaration;
      throw new BusinessError({
        refusal: 'duplicate',
        rule: 'declared-already',
        message: `${shipNotice} is declared.`,
      });
    }
    this.#declarations.put(declaration.shipNotice, declaration);
    return declaration;
  }
}

const json = (status: number, value: unknown): WireReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const broker: Dialect<CustomsCore> = {
  name: 'broker',
  access: { basePath: '/api', tokenPath: '/token' },
  mount: ({ core }) => ({
    owns: () => true,
    identify: ({ body }) => ({
      name: 'declare',
      safe: false,
      key: (JSON.parse(body) as Declaration).shipNotice,
    }),
    handle: ({ body }) => json(201, core.declare(JSON.parse(body) as Declaration)),
    refuse: ({ rule }) => json(409, { rule }),
    refuseAtEdge: ({ kind }) => json(503, { kind }),
    renderEvent: (event) => ({ contentType: 'application/json', body: JSON.stringify(event) }),
    revokeTokens: () => undefined,
  }),
};

const customs = defineSystem({ core: (store) => new CustomsCore(store), dialects: [broker] });

const shipNoticeToCustoms = defineFlow({
  name: 'ship-notice-to-customs',
  from: { system: 'procurement', document: 'AdvanceShipNotice' },
  to: { system: 'customs', document: 'Declaration' },
  key: { from: (notice) => notice.number, to: (declaration) => declaration.shipNotice },
  agree: ['supplier'],
  owner: 'procurement',
  within: '1m',
});

function falseSuccess(link: string, options: FaultOptions): ExchangeFault {
  const head = exchangeFault('falseSuccess', link, options);
  return {
    ...head,
    layer: 'exchange',
    intercept: (_exchange, _next, tools) => {
      tools.fired('202');
      return reply({ status: 202, headers: {}, body: '' });
    },
  };
}

/** Declares what procurement tells it about, once, and believes every answer. */
const trusting: Integration = inProcess(({ systems, fetch }) => ({
  webhook: async (request) => {
    const event = JSON.parse(request.body) as { type: string; subject: string; data: object };
    if (event.type.includes('.ship-notice.created.')) {
      const body = JSON.stringify({ ...event.data, shipNotice: event.subject });
      await fetch(`${systems['customs']?.url}/api/declarations`, { method: 'POST', body });
    }
    return { status: 204, headers: {}, body: '' };
  },
}));

const trialWith = (faults: readonly ExchangeFault[]) => {
  const business = procureToPay({ purchaseOrders: 6, over: '4s' });
  return defineTrial({
    name: 'customs',
    systems: { procurement: procurement(), erp: erp(), wms: wms(), customs },
    workload: {
      ...business,
      flows: [shipNoticeToCustoms],
      invariants: flowInvariants([shipNoticeToCustoms]),
    },
    faults,
    liveness: { deadline: '20s', settle: '2s' },
  });
};

const broken = async (faults: readonly ExchangeFault[]): Promise<string[]> => {
  const { verdict } = await runTrial(trialWith(faults), { integration: trusting, seed: 'customs' });
  return verdict.invariants
    .filter(({ status }) => status === 'violated')
    .map(({ invariant }) => invariant);
};

describe('a system, a flow and a fault of a team of its own', () => {
  test('the promise holds as long as the gateway is honest', async () => {
    expect(await broken([])).toEqual([]);
  });

  test('the gateway that lies loses declarations, and the flow says so', async () => {
    const lying = falseSuccess('integration -> customs', { at: '1s', for: '2s' });
    expect(await broken([lying])).toEqual(['ship-notice-to-customs/nothing-lost']);
  });

  test('its options are checked like those of any fault', () => {
    expect(() => falseSuccess('integration -> customs', { rate: 2 })).toThrow(/rate must/);
  });
});
