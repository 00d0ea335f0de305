/** A warehouse system for a landscape: its core behind the dialects it speaks. */
import { defineSystem } from '../../harness/define-system.ts';
import type { Dialect, SystemFactory } from '../../harness/system.ts';
import { actorContext } from '../../harness/world.ts';
import type { MasterDataSeed } from '../erp/drafts.ts';
import { defaultOrganisation } from '../erp/settings.ts';
import { plainWms } from './dialects/plain/plain-wms.ts';
import { landscapeDataOf } from '../landscape-data.ts';
import { WmsCore, type WmsSettings } from './wms-core.ts';

export interface WmsOptions {
  /** Default: `plain`. The first is its own; the others are further ways in. */
  readonly dialects?: readonly [Dialect<WmsCore>, ...Dialect<WmsCore>[]];
  /** What it knows from the start; default: the landscape's, drawn from its seed. */
  readonly masterData?: MasterDataSeed;
  /** Instead of the defaults, one by one. */
  readonly settings?: Partial<WmsSettings>;
}

/** Makes a warehouse system for each landscape. */
export const wms = ({ dialects, masterData, settings }: WmsOptions = {}): SystemFactory =>
  defineSystem<WmsCore>({
    core: (store, world) => {
      const random = world.random.fork(store.system);
      const core = new WmsCore({ store, random, ...(settings === undefined ? {} : { settings }) });
      const data: MasterDataSeed = masterData ?? landscapeDataOf(world);
      const { suppliers = [], materials = [], plants = defaultOrganisation.plants } = data;
      const context = actorContext(world, 'seed', store.system);
      store.seed(context, () => core.masterData.seed({ suppliers, materials, plants }, context));
      return core;
    },
    dialects: dialects ?? [plainWms()],
  });
