import { describe, expect, it } from 'vitest';
import { maskSecrets, maskTexts } from './mask-secrets.ts';

describe('masking', () => {
  it.each([
    ['user jane.doe+x@example.co.uk wrote', 'user •••(e-mail) wrote'],
    ['Authorization: Bearer abcdef123456', 'Authorization: Bearer •••(token)'],
    ['{"password":"hunter22","a":1}', '{"password":"•••(secret)","a":1}'],
    ['{"db_password"=>"hunter22"}', '{"db_password"=>"•••(secret)"}'],
    ['api_key: 0123456789', 'api_key: •••(secret)'],
    ['?token=abc123&page=2', '?token=•••(secret)&page=2'],
    ['Cookie: _session=abc; other=def', 'Cookie: •••(cookie)'],
    ['postgres://app:s3cret@db/app', 'postgres://•••(login)@db/app'],
    ['card 4111 1111 1111 1111 ok', 'card •••(card number) ok'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdef', '•••(token)'],
    ['AKIAIOSFODNN7EXAMPLE', '•••(key)'],
    ['ghp_0123456789abcdef', '•••(token)'],
    ['sk_live_0123456789abcdef', '•••(token)'],
    ['d41d8cd98f00b204e9800998ecf8427e', '•••(token)'],
    ['$2a$12$abcdefghijklmnopqrstuv', '•••(hash)'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '•••(key)'],
    ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY12', '•••(token)'],
  ])('hides the secret in %j', (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });

  it.each([
    'ActiveRecord::ConnectionAdapters::PostgreSQLAdapter',
    '/srv/app/vendor/bundle/ruby/3.3.0/gems/activerecord-7.1.3/lib/active_record/base.rb',
    '4111 1111 1111 1112',
    '0x7fc686aeb010',
    'SELECT "users".* FROM "users" WHERE "users"."id" = 1',
    'the_secret_of_a_good_name',
  ])('leaves %j', text => {
    expect(maskSecrets(text)).toBe(text);
  });

  it('masks every text within an answer', () => {
    const numbers = new Float64Array(2);
    const answer = { rows: [{ text: 'a@b.de', bytes: 3 }], none: null, numbers };
    expect(maskTexts(answer)).toEqual({ rows: [{ text: '•••(e-mail)', bytes: 3 }], none: null, numbers });
  });
});
