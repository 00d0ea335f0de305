/** Identifiers as people say them: `createPurchaseOrder`, `AdvanceShipNotice`, `order-to-erp`. */

/** "create purchase order". Abbreviations of capitals stay: `GRReport` is "GR report". */
export const inWords = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[\s_-]+/)
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');

/** "Advance ship notice". */
export const titled = (name: string): string => {
  const words = inWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
};
