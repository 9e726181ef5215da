import { createHash } from 'node:crypto';
import { DOMParser, ParseError, type Element, type Node } from '@xmldom/xmldom';
import type { Finding } from '#shared/contract/finding.ts';
import type { DataNode, DataTree } from '#shared/contract/record.ts';
import { childrenOf, iviNamespace, iviRoot } from '#shared/domain/catalogue/ivi-schema.ts';
import { quote } from '#shared/domain/rule.ts';
import { decodeText, encodingOf, isUtf16 } from './decode-text.ts';
import { guardXml } from './guard-xml.ts';
import { inputFinding } from './input-finding.ts';
import { valueLimit, xmlLimit } from './limits.ts';
import { Unreadable } from './unreadable.ts';

/** One vehicle as described by a file, and what is wrong with that description. */
export interface ReadVehicle {
  data: DataTree;
  findings: Finding[];
  /** The same file always has the same key. */
  sourceKey: string;
}

const gravity = ['error', 'warning', 'info'];
/** Maximum number of findings: a file that turns out not to be a message would list every one of its elements. */
const listed = 50;
const attributeNamespaces = new Set(['http://www.w3.org/2000/xmlns/', 'http://www.w3.org/2001/XMLSchema-instance']);

/**
 * Reads an IVI 2.0 message into a data tree. Texts stay unchanged; the signature is left out and reported. Elements
 * that the schema does not define, such as those of a newer one, are also left out and reported with their value.
 * Inside a value they are an error, because the value is then ambiguous. Throws Unreadable.
 */
export function readIvi(bytes: Uint8Array): ReadVehicle {
  if (bytes.byteLength > xmlLimit) throw new Unreadable('xml.large');
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const declared = /<\?xml[^>]*?\sencoding=["']([\w-]+)["']/.exec(head)?.[1];
  const text = decodeText(bytes, declared);
  guardXml(text);
  const root = parse(text);
  if (root.localName !== iviRoot) throw new Unreadable('xml.root', { found: root.localName ?? '', expected: iviRoot });
  if (root.namespaceURI !== iviNamespace)
    throw new Unreadable('xml.namespace', { found: root.namespaceURI ?? '', expected: iviNamespace });
  const remarks = new Map<string, Finding>();
  if (declared !== undefined && isUtf16(declared) && encodingOf(bytes, declared) === 'utf-8')
    note(remarks, inputFinding('I11', 'import.encoding', { declared }, 'info'));
  const data = readGroup(root, iviRoot, '', remarks) as DataTree;
  const findings = [...remarks.values()].sort((a, b) => gravity.indexOf(a.severity) - gravity.indexOf(b.severity));
  const more = findings.length - listed;
  if (more > 0) findings.splice(listed, more, inputFinding('I02', 'import.more', { more }, findings[listed]!.severity));
  return { data, findings, sourceKey: `ivi ${createHash('sha256').update(bytes).digest('hex')}` };
}

function parse(text: string): Element {
  try {
    const document = new DOMParser({
      onError: (level, message) => {
        if (level !== 'warning') throw new Error(message);
      },
    }).parseFromString(text.replace(/^\uFEFF/, ''), 'text/xml');
    return document.documentElement!;
  } catch (error) {
    const line =
      error instanceof ParseError ? (error.locator as { lineNumber?: number } | undefined)?.lineNumber : undefined;
    throw new Unreadable('xml.malformed', line ? { line } : {});
  }
}

/** The same problem in many rows of a table is one finding. */
type Findings = Map<string, Finding>;

function note(findings: Findings, finding: Finding): void {
  const key = `${finding.rule} ${finding.params['path'] ?? ''}`;
  const known = findings.get(key);
  const times = known?.params['times'];
  // Reported once, with its first value and the number of occurrences.
  findings.set(
    key,
    typeof times === 'number' ? { ...known!, params: { ...known!.params, times: times + 1 } } : finding,
  );
}

function readGroup(element: Element, type: string, path: string, findings: Findings): DataNode {
  const children = childrenOf(type);
  const place = (name: string) => (path === '' ? name : `${path}/${name}`);
  const unknown = (what: string, value: string | null) => {
    const params = { path: place(what), value: quote((value ?? '').trim()), times: 1 };
    note(
      findings,
      inputFinding('I02', 'import.element', params, children || what.startsWith('@') ? 'warning' : 'error'),
    );
  };
  for (const { name, namespaceURI, value } of element.attributes)
    if (!attributeNamespaces.has(namespaceURI ?? '')) unknown(`@${name}`, value);
  let text = '';
  const group: DataTree = {};
  for (const node of nodesOf(element)) {
    if (isText(node)) text += node.nodeValue ?? '';
    if (!isElement(node)) continue;
    const name = node.localName!;
    const declared = node.namespaceURI === iviNamespace ? children?.get(name) : undefined;
    if (type === iviRoot && name === 'Signature')
      note(findings, { rule: 'I05', key: 'import.signature', params: {}, severity: 'info', entry: null, mend: [] });
    else if (!declared) unknown(name, node.textContent);
    else if (declared.many)
      ((group[name] ??= []) as DataNode[]).push(readGroup(node, declared.type, place(name), findings));
    else if (Object.hasOwn(group, name)) note(findings, inputFinding('I06', 'import.repeated', { path: place(name) }));
    else group[name] = readGroup(node, declared.type, place(name), findings);
  }
  if (children && text.trim() !== '') unknown('text()', text);
  if (!children && text.length > valueLimit)
    note(findings, inputFinding('I08', 'import.tooLong', { path, length: text.length, most: valueLimit }));
  return children ? group : text;
}

function* nodesOf(element: Element): Generator<Node> {
  for (let node = element.firstChild; node; node = node.nextSibling) yield node;
}

const isElement = (node: Node): node is Element => node.nodeType === node.ELEMENT_NODE;
const isText = (node: Node) => node.nodeType === node.TEXT_NODE || node.nodeType === node.CDATA_SECTION_NODE;
