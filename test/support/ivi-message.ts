import type { DataNode, DataTree } from '#shared/contract/record.ts';
import { iviNamespace, iviRoot } from '#shared/domain/catalogue/ivi-schema.ts';

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function element(name: string, node: DataNode): string {
  if (Array.isArray(node)) return node.map((row) => element(name, row)).join('');
  return `<${name}>${typeof node === 'string' ? escape(node) : inside(node)}</${name}>`;
}

const inside = (tree: DataTree) =>
  Object.entries(tree)
    .map(([name, node]) => element(name, node))
    .join('\n');

/** A data tree as an IVI 2.0 message, with the empty signature of the official examples. */
export function iviMessage(data: DataTree): string {
  return `<?xml version="1.0"?>\n<${iviRoot} xmlns="${iviNamespace}">${inside(data)}<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></${iviRoot}>`;
}
