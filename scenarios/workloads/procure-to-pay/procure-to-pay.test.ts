import { beforeAll, describe, expect, it } from 'vitest';
import { Calendar } from '../../../harness/calendar.ts';
import { check } from '../../../harness/check.ts';
import { VirtualClock } from '../../../harness/clock.ts';
import { FaultPlan } from '../../../harness/fault-plan.ts';
import { MemoryHistory } from '../../../harness/history.ts';
import { KeyedRandom } from '../../../harness/random.ts';
import type { ActorRecord } from '../../../harness/record.ts';
import type { System } from '../../../harness/system.ts';
import type { Stage, Workload } from '../../../harness/workload.ts';
import type { ErpCore } from '../../../simulators/erp/erp-core.ts';
import { erp, procurement, wms } from '../../../simulators/index.ts';
import type { ProcurementCore } from '../../../simulators/procurement/procurement-core.ts';
import type { WmsCore } from '../../../simulators/wms/wms-core.ts';
import { PerfectIntegration } from './testing/perfect-integration.ts';
import { procureToPay } from './procure-to-pay.ts';

interface Landscape {
  readonly stage: Stage;
  readonly clock: VirtualClock;
  readonly history: MemoryHistory;
  readonly erp: ErpCore;
  readonly procurement: ProcurementCore;
  readonly wms: WmsCore;
}

function landscape(seed: string, workload: Workload): Landscape {
  const clock = new VirtualClock();
  const random = new KeyedRandom(seed);
  const history = new MemoryHistory();
  const calendar = new Calendar(clock, workload.calendar);
  const world = {
    seed,
    random,
    clock,
    calendar,
    history,
    faults: new FaultPlan([], random, clock),
  };
  const systems = new Map<string, System>();
  for (const [name, factory] of Object.entries({
    procurement: procurement(),
    erp: erp(),
    wms: wms(),
  })) {
    systems.set(name, factory(name, world));
  }
  const stage: Stage = { world, system: (name) => systems.get(name) as System };
  const core = <T>(name: string): T => stage.system(name).core as T;
  return {
    stage,
    clock,
    history,
    erp: core('erp'),
    procurement: core('procurement'),
    wms: core('wms'),
  };
}

const actionsOf = (history: MemoryHistory): ActorRecord[] =>
  [...history].filter((record) => record.type === 'actor.acted');

async function run(
  seed: string,
  workload: Workload,
  { integrated = true, days = 4000, latencyMs = 0 } = {},
) {
  const { stage, ...rest } = landscape(seed, workload);
  const integration = integrated ? new PerfectIntegration(stage, latencyMs) : undefined;
  const startedAt = rest.clock.now();
  const business = workload.start(stage);
  const quiet = (): boolean =>
    business.started && business.pending().length === 0 && (integration?.inFlight ?? 0) === 0;
  const end = await rest.clock.run(quiet, startedAt + days * stage.world.calendar.businessDayMs);
  const tookMs = rest.clock.now() - startedAt;
  return { ...rest, stage, business, end, tookMs, integration, actions: actionsOf(rest.history) };
}

describe.each([0, 120])(
  'procure-to-pay with an integration that makes no mistake and takes %d ms',
  (latencyMs) => {
    let result: Awaited<ReturnType<typeof run>>;
    beforeAll(async () => {
      const shares = { invoiceCancelled: 0.06 };
      result = await run('sea', procureToPay({ purchaseOrders: 200, over: '20s', shares }), {
        latencyMs,
      });
    });

    it('ends, with nothing owed', () => {
      expect(result.business.pending()).toEqual([]);
      expect(result.end).toBe('done');
    });

    it('ends about when it was told to', () => {
      expect(result.tookMs).toBeGreaterThan(10_000);
      expect(result.tookMs).toBeLessThan(30_000);
    });

    it('has every invoice paid, cancelled, or left as a credit', () => {
      const open = [...result.erp.invoices.documents.values()].filter(
        ({ status, kind }) => status === 'posted' && kind === 'invoice',
      );
      expect(open).toEqual([]);
      const untold = [...result.procurement.invoices.documents.values()].filter(
        ({ status, kind }) => kind === 'invoice' && status !== 'paid' && status !== 'cancelled',
      );
      expect(untold.map(({ number, status, match }) => [number, status, match])).toEqual([]);
    });

    it('is refused by nothing but a duplicate invoice', () => {
      const refused = result.actions.filter((action) => action.refused !== undefined);
      expect(refused.filter(({ refused: rule }) => rule !== 'duplicate-invoice')).toEqual([]);
      expect(result.integration?.refused).toEqual([]);
    });

    it('does all that actors do', () => {
      const did = new Set(result.actions.map(({ action }) => action));
      for (const action of [
        'submit requisition',
        'approve requisition',
        'delegate approval',
        'issue order',
        'change quantity',
        'change price',
        'acknowledge order',
        'announce shipment',
        'count goods',
        'reverse count',
        'put away',
        'send invoice',
        'send invoice twice',
        'block invoice',
        'release invoice',
        'cancel invoice',
        'dispute invoice',
        'approve invoice',
        'credit excess price',
        'pay due invoices',
        'clear payment',
        'open period',
        'close period',
        'void invoice',
        'give payment back',
        'change bank account',
        'block supplier',
        'delete material',
      ])
        expect(did).toContain(action);
    });

    it('violates no invariant', () => {
      const results = check(result.history, procureToPay({ purchaseOrders: 1 }).invariants);
      const violated = results.filter(({ violations }) => violations.length > 0);
      expect(violated.map(({ violations }) => violations[0]?.sentence)).toEqual([]);
    });
  },
);

describe('procure-to-pay', () => {
  const small = (): Workload => procureToPay({ purchaseOrders: 40, over: '10s' });

  it('does the same in every run of one seed, and something else for another', async () => {
    const [first, again, other] = [
      await run('a', small()),
      await run('a', small()),
      await run('b', small()),
    ];
    expect(again.actions).toEqual(first.actions);
    expect(other.actions).not.toEqual(first.actions);
  });

  it('lets trucks wait in the yard while nobody integrates, and says so', async () => {
    const {
      actions,
      business,
      wms: warehouse,
      erp: ledger,
    } = await run('a', small(), { integrated: false, days: 100 });
    expect(
      actions.filter(({ action }) => action === 'send truck to the yard').length,
    ).toBeGreaterThan(20);
    expect(business.pending().map(({ what }) => what)).toContain(
      'trucks waiting for their expected receipt',
    );
    expect(warehouse.receiving.documents.size).toBe(0);
    expect(ledger.invoices.documents.size).toBe(0);
  });

  it('carries one correlation id through all that belongs to an order', async () => {
    const { history } = await run('a', small());
    const ids = new Map<string, Set<string | undefined>>();
    for (const record of history) {
      if (record.type !== 'commit' || record.actor === undefined) continue;
      const { purchaseOrder } = record.data as { purchaseOrder?: string };
      if (purchaseOrder === undefined) continue;
      ids.set(purchaseOrder, (ids.get(purchaseOrder) ?? new Set()).add(record.correlationId));
    }
    expect(ids.size).toBeGreaterThan(20);
    for (const each of ids.values()) expect(each.size).toBe(1);
  });

  it('stops when it is told to', async () => {
    const { stage, clock, history } = landscape('a', small());
    const business = small().start(stage);
    const startedAt = clock.now();
    await clock.run(() => clock.now() > startedAt + 2000);
    business.stop();
    const before = actionsOf(history).length;
    expect(before).toBeGreaterThan(0);
    await clock.run(() => false, startedAt + 60_000);
    expect(actionsOf(history)).toHaveLength(before);
  });

  it('takes its own time without `over`: months, and the ledger turns them', async () => {
    const { business, tookMs, actions, integration } = await run(
      'a',
      procureToPay({ purchaseOrders: 20 }),
    );
    expect(integration?.refused).toEqual([]);
    expect(business.pending()).toEqual([]);
    expect(tookMs).toBeGreaterThan(60 * 86_400_000);
    expect(actions.filter(({ action }) => action === 'open period').length).toBeGreaterThan(2);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %s orders', (purchaseOrders) => {
    expect(() => procureToPay({ purchaseOrders })).toThrow(/purchaseOrders/);
  });
});
