/**
 * The master data steward keeps suppliers and materials in the ERP: takes new ones in, corrects the
 * names of old ones, and some of them twice. What he took in he changes and shuts soon after, for
 * nobody orders it: nothing he does keeps an order from going its way.
 */
import type { Desk } from './desk.ts';
import type { Market } from './market.ts';

const actor = 'master-data-steward';

/** New records are numbered behind those of the landscape, so that no two meet. */
const firstNewSupplier = 10_390_001;

const newAccount = 'DE02120300000000202051';

/** Trial milliseconds from one piece of work on a record to the next. */
const afterwardsMs = 700;

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
    this.#shut(number, code, atMs);
  }

  /** The new supplier has another bank and moves, and is blocked in the end; the new material goes. */
  #shut(supplier: string, material: string, atMs: number): void {
    const { masterData } = this.#desk.erp;
    const street = 'Am Sandtorkai 1';
    this.#later(atMs + afterwardsMs, 'change bank account', supplier, (context) =>
      masterData.changeSupplier(supplier, { bankAccount: newAccount, street }, context),
    );
    this.#later(atMs + 2 * afterwardsMs, 'block supplier', supplier, (context) =>
      masterData.changeSupplier(supplier, { blocked: true }, context),
    );
    this.#later(atMs + 2 * afterwardsMs, 'delete material', material, (context) =>
      masterData.changeMaterial(material, { deleted: true }, context),
    );
  }

  /** A name is corrected, and soon after corrected again: the second word is the last. */
  #correct(index: number, atMs: number): void {
    const { masterData } = this.#desk.erp;
    const { number, name } = this.#market.supplier(this.#desk.world.random.draw('supplier', index));
    const material = this.#market.material(this.#desk.world.random.draw('material', index));
    for (const [turn, word] of ['Group', 'Holding'].entries()) {
      const at = atMs + turn * afterwardsMs;
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
