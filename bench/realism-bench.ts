/** Generated orders against the published figures of a real procure-to-pay process, side by side. */
import Table from 'cli-table3';
import { KeyedRandom } from '../harness/random.ts';
import { planOrders } from '../scenarios/workloads/procure-to-pay/plan-order.ts';
import {
  type RealismRow,
  realismScore,
  realismTable,
} from '../scenarios/workloads/procure-to-pay/realism.ts';
import { type Bench, atLeast } from './figure.ts';

/** Also in short form: fewer would say less about the tails, and they take a second. */
const orders = 20_000;

export const realismBench: Bench = ({ json }) => {
  const plans = planOrders(new KeyedRandom('bench'), orders);
  const rows = realismTable(plans);
  if (!json) console.log(tableOf(rows));
  return [atLeast('realism', realismScore(rows), 0.9, 'of the figures within 10 %')];
};

function tableOf(rows: readonly RealismRow[]): string {
  const table = new Table({
    head: ['figure', 'published', 'generated', 'off by', 'note'],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'left'],
  });
  for (const { figure, published, generated, difference, note } of rows) {
    table.push([figure, digits(published), digits(generated), percent(difference), note ?? '']);
  }
  return table.toString();
}

const digits = (value: number): string => String(Number(value.toPrecision(4)));
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
