/** An ERP for a landscape: its core behind the dialects it speaks. */
import { defineSystem } from '../../harness/define-system.ts';
import type { Dialect, SystemFactory } from '../../harness/system.ts';
import { actorContext } from '../../harness/world.ts';
import { plainErp } from './dialects/plain/plain-erp.ts';
import type { MasterDataSeed } from './drafts.ts';
import { ErpCore } from './erp-core.ts';
import { landscapeDataOf } from '../landscape-data.ts';
import { type ErpSettings, defaultErpSettings } from './settings.ts';

export interface ErpOptions {
  /** Default: `plain`. The first is its own; the others are further ways in. */
  readonly dialects?: readonly [Dialect<ErpCore>, ...Dialect<ErpCore>[]];
  /** What it knows from the start; default: the landscape's, drawn from its seed. */
  readonly masterData?: MasterDataSeed;
  /** Instead of the defaults, one by one. */
  readonly settings?: Partial<ErpSettings>;
}

/** Makes an ERP for each landscape. */
export const erp = ({ dialects, masterData, settings }: ErpOptions = {}): SystemFactory =>
  defineSystem<ErpCore>({
    core: (store, world) => {
      const random = world.random.fork(store.system);
      const core = new ErpCore({ store, random, settings: { ...defaultErpSettings, ...settings } });
      const context = actorContext(world, 'seed', store.system);
      store.seed(context, () =>
        core.masterData.seed(masterData ?? landscapeDataOf(world), context),
      );
      return core;
    },
    dialects: dialects ?? [plainErp()],
  });
