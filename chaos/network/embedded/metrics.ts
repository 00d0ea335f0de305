/** Bytes through each proxy, as Prometheus reads them, under Toxiproxy's names. */
import type { Direction } from './placed-toxic.ts';

export interface MetricLabels {
  readonly listener: string;
  readonly proxy: string;
  readonly upstream: string;
}

const directions: readonly Direction[] = ['downstream', 'upstream'];

export class Metrics {
  readonly #received = new Map<string, number>();
  readonly #sent = new Map<string, number>();

  /** Adds what went through a connection, once it is closed. */
  count(
    labels: MetricLabels,
    links: Readonly<Record<Direction, { readonly received: number; readonly sent: number }>>,
  ): void {
    for (const direction of directions) {
      const { received, sent } = links[direction];
      const series = `{${[
        `direction="${direction}"`,
        ...(['listener', 'proxy', 'upstream'] as const).map(
          (name) => `${name}="${escaped(labels[name])}"`,
        ),
      ].join(',')}}`;
      this.#received.set(series, (this.#received.get(series) ?? 0) + received);
      this.#sent.set(series, (this.#sent.get(series) ?? 0) + sent);
    }
  }

  toText(): string {
    return [
      '# HELP promhttp_metric_handler_errors_total Total number of internal errors encountered by the promhttp metric handler.',
      '# TYPE promhttp_metric_handler_errors_total counter',
      'promhttp_metric_handler_errors_total{cause="encoding"} 0',
      'promhttp_metric_handler_errors_total{cause="gathering"} 0',
      ...family('toxiproxy_proxy_received_bytes_total', this.#received),
      ...family('toxiproxy_proxy_sent_bytes_total', this.#sent),
      '',
    ].join('\n');
  }
}

function family(name: string, values: ReadonlyMap<string, number>): string[] {
  if (values.size === 0) return [];
  const lines = [...values].map(([series, value]) => `${name}${series} ${number(value)}`);
  return [`# HELP ${name} `, `# TYPE ${name} counter`, ...lines.sort()];
}

/** Prometheus writes numbers from a million on with an exponent. */
const number = (value: number): string =>
  value >= 1e6 && Number.isInteger(value) ? exponent(value) : String(value);

/** 1234567 is `1.234567e+06`. */
function exponent(value: number): string {
  const [digits = '', power = ''] = value.toExponential().split('e+');
  return `${digits}e+${power.padStart(2, '0')}`;
}

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
