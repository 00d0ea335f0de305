/** The lanes of a swimlane: one for each system, with the integration between them. */

export interface LaneModel {
  /** As the history calls it. */
  readonly name: string;
  /** As people call it. */
  readonly title: string;
}

/** Half of the systems, those that come first in the business, stand left of the integration. */
export function lanesOf(systems: readonly string[]): LaneModel[] {
  const middle = Math.floor(systems.length / 2);
  const names = [...systems.slice(0, middle), 'integration', ...systems.slice(middle)];
  return names.map((name) => ({ name, title: titleOf(name) }));
}

/** `erp` as `ERP`, `procurement` as `Procurement`: names of three letters are abbreviations. */
const titleOf = (name: string): string =>
  name.length <= 3 ? name.toUpperCase() : name.charAt(0).toUpperCase() + name.slice(1);
