/** A procurement suite for a landscape: its core behind the dialects it speaks. */
import { defineSystem } from '../../harness/define-system.ts';
import type { Dialect, SystemFactory } from '../../harness/system.ts';
import { actorContext } from '../../harness/world.ts';
import type { MasterDataSeed } from '../erp/drafts.ts';
import { defaultOrganisation } from '../erp/settings.ts';
import { plainProcurement } from './dialects/plain/plain-procurement.ts';
import { landscapeDataOf } from '../landscape-data.ts';
import { ProcurementCore } from './procurement-core.ts';
import { type ProcurementSettings, usualProcurementRules } from './procurement-settings.ts';

export interface ProcurementOptions {
  /** Default: `plain`. The first is its own; the others are further ways in. */
  readonly dialects?: readonly [Dialect<ProcurementCore>, ...Dialect<ProcurementCore>[]];
  /** What it knows from the start; default: the landscape's, drawn from its seed. */
  readonly masterData?: MasterDataSeed;
  /** Instead of the defaults, one by one. */
  readonly settings?: Partial<ProcurementSettings>;
}

/** Makes a procurement suite for each landscape. */
export const procurement = (options: ProcurementOptions = {}): SystemFactory =>
  defineSystem<ProcurementCore>({
    core: (store, world) => {
      const data: MasterDataSeed = options.masterData ?? landscapeDataOf(world);
      const { suppliers = [], materials = [], ...organisation } = data;
      const settings: ProcurementSettings = {
        ...usualProcurementRules,
        ...defaultOrganisation,
        ...organisation,
        ...options.settings,
      };
      const core = new ProcurementCore({
        store,
        random: world.random.fork(store.system),
        settings,
      });
      const context = actorContext(world, 'seed', store.system);
      store.seed(context, () => core.seed({ suppliers, materials }, context));
      return core;
    },
    dialects: options.dialects ?? [plainProcurement()],
  });
