/** Units of measure as the vendor's API writes them, against the UN/ECE codes of the domain. */
import { BusinessError } from '../../../../harness/business-error.ts';

const vendorCodes: Readonly<Record<string, string>> = {
  C62: 'PC',
  DZN: 'DZ',
  KGM: 'KG',
  GRM: 'G',
  TNE: 'TO',
  LBR: 'LB',
  LTR: 'L',
  MLT: 'ML',
  MTR: 'M',
  YRD: 'YD',
  MTK: 'M2',
  HUR: 'H',
};

const domainCodes = new Map<string, string>([
  ...Object.entries(vendorCodes).map(([domain, vendor]) => [vendor, domain] as const),
  // "Each" is a unit of its own in the vendor's tables, with the same dimension and no decimals.
  ['EA', 'C62'],
]);

/** A unit that only a material knows has the same code on both sides. */
export const vendorUnit = (code: string): string => vendorCodes[code] ?? code;

/** The domain's code. Refuses UN/ECE codes, which the vendor's tables do not have as keys. */
export function domainUnit(code: string): string {
  const known = domainCodes.get(code);
  if (known !== undefined) return known;
  if (vendorCodes[code] === undefined) return code;
  const message = `Unit of measurement ${code} is not defined in language EN`;
  throw new BusinessError({ refusal: 'invalid', rule: 'unknown-unit', message });
}
