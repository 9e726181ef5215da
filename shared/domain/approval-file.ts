import type { Finding } from '#shared/contract/finding.ts';

/** Maximum size in bytes. */
export const approvalFileLimit = 20 * 1024 * 1024;

interface FileKind {
  name: string;
  mediaType: string;
  endings: readonly string[];
  begins(bytes: Uint8Array): boolean;
}

const startsWith =
  (...head: number[]) =>
  (bytes: Uint8Array) =>
    head.every((byte, at) => bytes[at] === byte);

/** XML in UTF-8 or UTF-16: `<` after an optional byte order mark and whitespace. */
function beginsLikeXml(bytes: Uint8Array): boolean {
  const text = [...bytes.subarray(0, 64)].filter((byte) => ![0, 0xef, 0xbb, 0xbf, 0xfe, 0xff].includes(byte));
  return /^\s*<[?!A-Za-z_]/.test(String.fromCharCode(...text));
}

const kinds: readonly FileKind[] = [
  { name: 'PDF', mediaType: 'application/pdf', endings: ['pdf'], begins: startsWith(0x25, 0x50, 0x44, 0x46, 0x2d) },
  {
    name: 'PNG',
    mediaType: 'image/png',
    endings: ['png'],
    begins: startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  },
  { name: 'JPEG', mediaType: 'image/jpeg', endings: ['jpg', 'jpeg'], begins: startsWith(0xff, 0xd8, 0xff) },
  { name: 'XML', mediaType: 'application/xml', endings: ['xml'], begins: beginsLikeXml },
];

/** M19. Returns the media type if the content matches the file name; otherwise the finding that states the problem. */
export function readApprovalFile(name: string, bytes: Uint8Array): { mediaType: string } | Finding {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const named = kinds.find(({ endings }) => endings.includes(ending));
  if (bytes.byteLength === 0) return rejectedFile(name, 'empty');
  if (bytes.byteLength > approvalFileLimit) return rejectedFile(name, 'large');
  if (!named) return rejectedFile(name, 'name');
  if (named.begins(bytes)) return { mediaType: named.mediaType };
  const detected = kinds.find(({ begins }) => begins(bytes));
  return rejectedFile(name, detected ? 'other' : 'bytes', { said: named.name, found: detected?.name ?? '' });
}

const rejectedFile = (name: string, why: string, more: Record<string, string> = {}): Finding => ({
  rule: 'M19',
  key: 'approval.file',
  params: { name, why, ...more },
  severity: 'error',
  entry: null,
  mend: ['lead'],
});
