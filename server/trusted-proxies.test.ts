import { expect, test } from 'vitest';
import { clientAddress, readTrustedProxies } from './trusted-proxies.ts';

test.each([
  // setting, connection, X-Forwarded-For, client
  ['0', '10.0.0.1', '203.0.113.9', '10.0.0.1'],
  ['1', '10.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['1', '10.0.0.1', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
  ['2', '10.0.0.1', '198.51.100.1, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
  ['1', '10.0.0.1', null, '10.0.0.1'],
  ['1', '10.0.0.1', 'unknown', '10.0.0.1'],
  ['10.0.0.0/8', '10.0.0.1', '198.51.100.1, 203.0.113.9, 10.9.9.9', '203.0.113.9'],
  ['10.0.0.0/8', '192.0.2.1', '203.0.113.9', '192.0.2.1'],
  ['10.0.0.1', '::ffff:10.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
  ['::1, fd00::/8', '::1', '2001:db8::5, [fd00::2]:80', '2001:db8::5'],
])(
  'TRUST_PROXY=%s, connection %s, X-Forwarded-For %s: the client is %s (faults S9, no. 9)',
  (setting, peer, header, is) => {
    expect(clientAddress(readTrustedProxies(setting)!, peer, header)).toBe(is);
  },
);
