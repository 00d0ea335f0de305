/** Bodies in XML, as the values that the same bodies have in JSON. */
import type { XmlElement } from '@rgrove/parse-xml';
import { elementsOf, rootOf } from '../../../xml/xml-text.ts';
import { badRequest } from './coupa-refusal.ts';
import { singular } from './xml-document.ts';

/** More elements within elements than any record has. */
const deepest = 20;

/** What the document's element holds; `undefined` when it is no XML. Throws 400 when it is too deep. */
export function readXmlBody(text: string): unknown {
  const root = rootOf(text);
  return root === undefined ? undefined : valueOf(root, 0);
}

function valueOf(element: XmlElement, depth: number): unknown {
  const { nil, type } = element.attributes;
  if (nil === 'true') return null;
  const children = elementsOf(element);
  if (depth > deepest) throw badRequest('broken-xml', 'The request body is nested too deeply');
  if (type === 'array' || isListOf(element.name, children)) {
    return children.map((child) => valueOf(child, depth + 1));
  }
  // An element that is there for its members has none when it is empty; a value is a text then.
  if (children.length === 0) return depth === 0 && element.text.trim() === '' ? {} : element.text;
  return Object.fromEntries(children.map((child) => [child.name, valueOf(child, depth + 1)]));
}

/** `order-lines` that hold `order-line`: clients often leave the type away. */
function isListOf(name: string, children: readonly XmlElement[]): boolean {
  const each = singular(name.replaceAll('_', '-'));
  return (
    each !== name &&
    children.length > 0 &&
    children.every((child) => child.name.replaceAll('_', '-') === each)
  );
}
