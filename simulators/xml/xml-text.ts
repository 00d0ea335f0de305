/** Text as XML holds it, and XML as a tree: for the dialects that speak it. */
import { XmlElement, parseXml } from '@rgrove/parse-xml';

// Characters that XML cannot hold at all.
// oxlint-disable-next-line no-control-regex
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Escaped for content and for attributes in double quotes. */
export function xmlText(text: string): string {
  if (!/[&<>"\r\n\t]|[^ -~]/.test(text)) return text;
  return (
    text
      .toWellFormed()
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll(impossible, '\ufffd')
      // A parser would make a line end of it, and a blank of that in an attribute.
      .replaceAll('\r', '&#13;')
      .replaceAll('\n', '&#10;')
      .replaceAll('\t', '&#9;')
  );
}

export const xmlHead = '<?xml version="1.0" encoding="utf-8"?>';

/**
 * The element that a document consists of; nothing when it is no XML. Entities that a document declares
 * itself are unknown to the parser, so nothing in it can grow or reach out.
 */
export function rootOf(text: string): XmlElement | undefined {
  try {
    return parseXml(text).root ?? undefined;
  } catch {
    return undefined;
  }
}

export const elementsOf = ({ children }: XmlElement): XmlElement[] =>
  children.filter((child) => child instanceof XmlElement);
