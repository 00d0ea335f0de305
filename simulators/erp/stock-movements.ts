/** Movements without an order: 201, 301, 311, 561, 701 and 702. */
import { roundAmount } from '../../domain/currency.ts';
import { type Decimal, multiply, negate, zero } from '../../domain/decimal.ts';
import type { Material } from '../../domain/master-data.ts';
import { checkAmount } from './checks.ts';
import type { MaterialDocumentLine } from './erp-documents.ts';
import { shownAmount } from './gr-ir-posting.ts';
import { type MovementRun, type ResolvedLine, postedLine, quantitiesOf } from './movement-run.ts';
import { checkStorageLocation } from './order-line.ts';
import { refuse } from './refuse.ts';
import type { StockPlace } from './stock.ts';

/** A resolved line that certainly has a material. */
type StockLine = ResolvedLine & { readonly material: Material };

export function postStockMovement(run: MovementRun, resolved: ResolvedLine): MaterialDocumentLine {
  const { material, draft, path } = resolved;
  if (material === undefined) {
    refuse('invalid', 'unknown-material', 'The movement needs a material.', `${path}.material`);
  }
  const line: StockLine = { ...resolved, material };
  if (draft.movementType === '301' || draft.movementType === '311') return transfer(run, line);
  return oneSided(run, line);
}

/** Issue, initial stock and count differences: stock against one other account. */
function oneSided(run: MovementRun, line: StockLine): MaterialDocumentLine {
  const { draft, path, material, plant } = line;
  const type = draft.movementType;
  if (type === '201' && !draft.costCenter) {
    const message = 'An issue needs a cost center.';
    refuse('invalid', 'cost-center-required', message, `${path}.costCenter`);
  }
  const quantities = quantitiesOf(line, undefined);
  const adds = type === '561' || type === '701';
  const quantity = adds ? quantities.inBaseUnit : negate(quantities.inBaseUnit);
  const value = type === '561' ? initialValue(run, line, quantities.inBaseUnit) : undefined;
  const valued = run.base.stock.move(line, quantity, value, `${path}.quantity`);
  const tags = { material: material.number, plant: plant.code };
  const worth = value ?? valued.stock;
  run.entries.push(
    { key: 'BSX', amount: valued.stock, ...tags },
    { key: 'PRD', amount: valued.difference, ...tags },
    { key: 'GBB', amount: negate(worth), ...tags, ...offsetOf(run, line) },
  );
  return postedLine(line, type, quantities, { amount: shownAmount(worth), currency: run.currency });
}

function initialValue(run: MovementRun, line: StockLine, quantity: Decimal): Decimal {
  const { draft, path, material, plant } = line;
  if (draft.amount === undefined) {
    return roundAmount(multiply(quantity, run.base.stock.price(material, plant)), run.currency);
  }
  checkAmount(draft.amount, run.currency, `${path}.amount`);
  return draft.amount;
}

function offsetOf(run: MovementRun, { draft }: StockLine) {
  const { accounts } = run.base.settings;
  if (draft.movementType === '561') return { account: accounts.initialBalance };
  if (draft.movementType !== '201') return { account: accounts.countDifference };
  return {
    account: accounts.consumption,
    ...(draft.costCenter === undefined ? {} : { costCenter: draft.costCenter }),
  };
}

/** 311 moves stock within a plant; 301 to another plant, which is another valuation area. */
function transfer(run: MovementRun, line: StockLine): MaterialDocumentLine {
  const { draft, path } = line;
  const to = receivingPlace(run, line);
  const quantities = quantitiesOf(line, undefined);
  const quantity = quantities.inBaseUnit;
  const field = `${path}.quantity`;
  let worth = zero;
  if (to.plant.code === line.plant.code) {
    run.base.stock.change(line, 'own', negate(quantity), field);
    run.base.stock.change(to, 'own', quantity);
  } else {
    const issued = run.base.stock.move(line, negate(quantity), undefined, field);
    worth = negate(issued.stock);
    const received = run.base.stock.move(to, quantity, worth);
    const tags = { material: line.material.number };
    run.entries.push(
      { key: 'BSX', amount: issued.stock, ...tags, plant: line.plant.code },
      { key: 'BSX', amount: received.stock, ...tags, plant: to.plant.code },
      { key: 'PRD', amount: received.difference, ...tags, plant: to.plant.code },
    );
  }
  const amounts = { amount: shownAmount(worth), currency: run.currency };
  return {
    ...postedLine(line, draft.movementType, quantities, amounts),
    receivingPlant: to.plant.code,
    receivingStorageLocation: to.storageLocation,
  };
}

function receivingPlace(run: MovementRun, line: StockLine): StockPlace {
  const { draft, path, plant, material } = line;
  const code = draft.movementType === '301' ? (draft.receivingPlant ?? '') : plant.code;
  const to = run.base.masterData.plant(code, `${path}.receivingPlant`);
  const storageLocation = draft.receivingStorageLocation ?? (to.storageLocations[0] as string);
  checkStorageLocation(storageLocation, to, `${path}.receivingStorageLocation`);
  if (to.companyCode !== plant.companyCode) {
    const message = `Plants ${plant.code} and ${to.code} belong to different company codes.`;
    refuse('invalid', 'several-company-codes', message, `${path}.receivingPlant`);
  }
  if (to.code === plant.code && storageLocation === line.storageLocation) {
    const message = `The stock is in ${to.code} ${storageLocation} already.`;
    refuse('invalid', 'same-location', message, `${path}.receivingStorageLocation`);
  }
  return { material, plant: to, storageLocation };
}
