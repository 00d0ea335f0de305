/**
 * The master data steward keeps suppliers and materials in the ERP: takes new ones in, corrects the
 * names of old ones, and some of them twice. Nothing he does keeps an order from going its way.
 */
import type { Desk } from './desk.ts';
import type { Market } from './market.ts';

const actor = 'master-data-steward';

/** New records are numbered behind those of the landscape, so that no two meet. */
const firstNewSupplier = 10_390_001;

export class MasterDataSteward {
  readonly #desk: Desk;
  readonly #market: Market;
  /** Trial milliseconds in which his work falls. */
  readonly #withinMs: number;

  constructor(desk: Desk, market: Market, withinMs: number) {
    this.#desk = desk;
    this.#market = market;
    this.#withinMs = withinMs;
  }

  /** Plans `count` pieces of work on suppliers and as many on materials; at least one of each kind. */
  start(count: number): void {
    for (let index = 0; index < Math.max(2, count); index++) {
      const at = this.#desk.world.random.draw('master-data', index) * this.#withinMs;
      if (index % 2 === 0) this.#takeIn(index, at);
      else this.#correct(index, at);
    }
  }

  #takeIn(index: number, atMs: number): void {
    const { masterData } = this.#desk.erp;
    const supplier = this.#market.supplier(this.#desk.world.random.draw('new-supplier', index));
    const material = this.#market.material(this.#desk.world.random.draw('new-material', index));
    const number = String(firstNewSupplier + index);
    this.#later(atMs, 'create supplier', number, (context) =>
      masterData.createSupplier(
        { ...supplier, number, name: `${supplier.name} ${index}` },
        context,
      ),
    );
    const code = `MAT-9${String(index).padStart(4, '0')}`;
    this.#later(atMs, 'create material', code, (context) =>
      masterData.createMaterial({ ...material, number: code }, context),
    );
  }

  /** A name is corrected, and soon after corrected again: the second word is the last. */
  #correct(index: number, atMs: number): void {
    const { masterData } = this.#desk.erp;
    const { number, name } = this.#market.supplier(this.#desk.world.random.draw('supplier', index));
    const material = this.#market.material(this.#desk.world.random.draw('material', index));
    for (const [turn, word] of ['Group', 'Holding'].entries()) {
      const at = atMs + turn * 700;
      this.#later(at, 'rename supplier', number, (context) =>
        masterData.changeSupplier(number, { name: `${name} ${word}` }, context),
      );
      this.#later(at, 'describe material', material.number, (context) =>
        masterData.changeMaterial(
          material.number,
          { description: `${material.description}, ${word.toLowerCase()}` },
          context,
        ),
      );
    }
  }

  #later(atMs: number, action: string, subject: string, work: Parameters<Desk['act']>[1]): void {
    const intent = { what: 'master data to keep', example: subject };
    this.#desk.later(atMs, intent, () => {
      this.#desk.act({ actor, action, system: 'erp', subject }, work);
    });
  }
}
