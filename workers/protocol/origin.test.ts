import { describe, expect, it } from 'vitest';
import { gemOfFile, guessRoot, placeOf, shortDirectory, shortPath } from './origin.ts';

const ROOT = '/srv/app/';

it.each([
  ['/usr/local/bundle/gems/rack-3.0.8/lib/rack/etag.rb', 'gem', 'rack 3.0.8 › rack/etag.rb'],
  ['/srv/app/vendor/bundle/ruby/3.3.0/gems/oj-3.16.1/lib/oj/mimic.rb', 'gem', 'oj 3.16.1 › oj/mimic.rb'],
  [
    '/usr/share/rubygems-integration/all/gems/activerecord-6.1.7.10/lib/active_record/persistence.rb',
    'gem',
    'activerecord 6.1.7.10 › active_record/persistence.rb',
  ],
  [
    '/srv/app/vendor/bundle/ruby/3.3.0/bundler/gems/rails-abc123def456/activerecord/lib/base.rb',
    'gem',
    'rails-abc123def456 › activerecord/lib/base.rb',
  ],
  ['/srv/app/vendor/cache/thing-1b2c3d4e5f6a/lib/thing.rb', 'gem', 'thing 1b2c3d4e5f6a › thing.rb'],
  ['vendor/cache/thing-1b2c3d4e5f6a/lib/thing.rb', 'gem', 'thing 1b2c3d4e5f6a › thing.rb'],
  [
    '/srv/app/vendor/cache/thing-with-words/lib/thing.rb',
    'application',
    'vendor/cache/thing-with-words/lib/thing.rb',
  ],
  ['/srv/app/vendor/gems/our-billing/lib/billing.rb', 'gem', 'our-billing › billing.rb'],
  ['/srv/app/gems/local_gem/lib/local.rb', 'gem', 'local_gem › local.rb'],
  ['/x/gems/outer-1.0/vendor/gems/inner-2.0/lib/inner.rb', 'gem', 'inner 2.0 › inner.rb'],
  [
    '/usr/local/lib/ruby/gems/3.3.0/gems/debug-1.9.1/lib/debug/session.rb',
    'gem',
    'debug 1.9.1 › debug/session.rb',
  ],
  [
    '/nix/store/abcd-ruby3.3-nokogiri-1.16.0/lib/ruby/gems/3.3.0/gems/nokogiri-1.16.0-x86_64-linux/lib/xml.rb',
    'gem',
    'nokogiri 1.16.0-x86_64-linux › xml.rb',
  ],
  ['C:\\Ruby33\\lib\\ruby\\gems\\3.3.0\\gems\\rack-3.0.8\\lib\\rack.rb', 'gem', 'rack 3.0.8 › rack.rb'],
  ['/usr/lib/ruby/vendor_ruby/sqlite3/statement.rb', 'gem', 'sqlite3 › sqlite3/statement.rb'],
  ['/usr/lib/ruby/vendor_ruby/sqlite3.rb', 'gem', 'sqlite3 › sqlite3.rb'],
  ['/usr/lib/ruby/vendor_ruby/rubygems/specification.rb', 'ruby', 'ruby › rubygems/specification.rb'],
  ['/srv/shared/our_gem/lib/our_gem/client.rb', 'gem', 'our_gem › our_gem/client.rb'],
  ['C:/Ruby33-x64/lib/ruby/3.3.0/set.rb', 'ruby', 'ruby 3.3.0 › set.rb'],
  ['/usr/local/lib/ruby/3.3.0/x86_64-linux/socket.so', 'ruby', 'ruby 3.3.0 › x86_64-linux/socket.so'],
  ['/usr/lib/ruby/vendor_ruby/3.1.0/rubygems.rb', 'ruby', 'ruby 3.1.0 › rubygems.rb'],
  [
    '<internal:/usr/local/lib/ruby/3.3.0/rubygems/core_ext/kernel_require.rb>',
    'ruby',
    'ruby 3.3.0 › rubygems/core_ext/kernel_require.rb',
  ],
  ['<internal:kernel>', 'internal', '<internal:kernel>'],
  [
    '<internal:/usr/lib/ruby/vendor_ruby/rubygems/core_ext/kernel_require.rb>',
    'ruby',
    'ruby › rubygems/core_ext/kernel_require.rb',
  ],
  ['/usr/lib/x86_64-linux-gnu/ruby/3.1.0/openssl.so', 'ruby', 'ruby 3.1.0 › openssl.so'],
  [
    '/usr/lib/x86_64-linux-gnu/ruby/vendor_ruby/3.1.0/sqlite3/sqlite3_native.so',
    'gem',
    'sqlite3 › sqlite3/sqlite3_native.so',
  ],
  ['/usr/lib/ruby/vendor_ruby/pg_ext.so', 'gem', 'pg_ext › pg_ext.so'],
  [
    '/var/lib/gems/3.1.0/extensions/x86_64-linux/3.1.0/nokogiri-1.13.10/nokogiri/nokogiri.so',
    'gem',
    'nokogiri 1.13.10 › nokogiri/nokogiri.so',
  ],
  ['/usr/local/lib/thing.so', 'other', '/usr/local/lib/thing.so'],
  ['(eval at /srv/app/app/models/order.rb:12)', 'application', 'app/models/order.rb'],
  [
    '(eval at /usr/local/bundle/gems/rack-3.0.8/lib/rack/builder.rb:103)',
    'gem',
    'rack 3.0.8 › rack/builder.rb',
  ],
  ['(eval at (eval at /srv/app/lib/dsl.rb:3):1)', 'application', 'lib/dsl.rb'],
  ['(eval at (eval):1)', 'eval', '(eval)'],
  ['(eval at <internal:kernel>:18)', 'internal', '<internal:kernel>'],
  ['(eval)', 'eval', '(eval)'],
  ['(irb)', 'eval', '(irb)'],
  ['parser.y', 'eval', 'parser.y'],
  ['lib/parser.y', 'application', 'lib/parser.y'],
  ['-e', 'application', '-e'],
  ['app/models/order.rb', 'application', 'app/models/order.rb'],
  ['/srv/app/engines/pay/app/models/pay.rb', 'application', 'engines/pay/app/models/pay.rb'],
  ['/home/me/script.rb', 'other', '/home/me/script.rb'],
  ['D:\\other\\order.rb', 'other', 'D:/other/order.rb'],
])('%s is of %s', (file, origin, short) => {
  expect(placeOf(file, ROOT).origin).toBe(origin);
  expect(shortPath(file, ROOT)).toBe(short);
});

it.each([
  ['/srv/app', '.'],
  ['/srv/app/app/models', 'app/models'],
  ['/gems/rack-3.0.8/lib/rack', 'rack 3.0.8 › rack'],
  ['/gems/rack-3.0.8', 'rack 3.0.8'],
  ['/usr/lib/ruby/vendor_ruby/sqlite3', 'sqlite3 › sqlite3'],
  ['/usr/lib/ruby/vendor_ruby', '/usr/lib/ruby/vendor_ruby'],
  ['/usr/lib/ruby/3.1.0/net', 'ruby 3.1.0 › net'],
  ['/', '/'],
])('the directory %s is %s', (directory, short) => {
  expect(shortDirectory(directory, ROOT)).toBe(short);
});

it('names gems, Ruby, the application and other directories', () => {
  const gems = ['/x/gems/rack-3.0.8/lib/rack.rb', '/lib/ruby/3.3.0/set.rb', '<internal:kernel>', '(eval)'];
  expect(gems.map(file => gemOfFile(file, ROOT))).toEqual(['rack-3.0.8', 'ruby 3.3.0', 'ruby core', 'eval']);
  expect(gemOfFile('/srv/app/lib/a.rb', ROOT)).toBe('application');
  expect(gemOfFile('/home/me/a.rb', ROOT)).toBe('/home/me');
});

describe('the root of an application', () => {
  const guess = (...files: string[]) =>
    guessRoot(
      files,
      files.map(() => 1),
    );

  it('is above app and config', () => {
    const gem = '/srv/shop/vendor/bundle/gems/rack-3.0.8/app/models/x.rb';
    expect(guess('/srv/shop/app/models/order.rb', '/srv/shop/lib/x.rb', '/home/me/y.rb', gem)).toBe(
      '/srv/shop/',
    );
  });

  it('is the one with the most objects, if there are several', () => {
    const files = ['/srv/a/app/models/x.rb', '/srv/b/app/models/x.rb'];
    expect(guessRoot(files, [1, 5])).toBe('/srv/b/');
  });

  it('is the directory that contains nearly all files', () => {
    expect(guess('/work/tool/lib/a.rb', '/work/tool/lib/b/c.rb', '/work/tool/bin/run')).toBe('/work/tool/');
    expect(guess('/work/dump.rb', '/usr/lib/ruby/3.1.0/set.rb')).toBe('/work/');
    expect(guess('/app/main.rb', '/app/lib/x.rb')).toBe('/app/');
    expect(guess('C:\\app\\main.rb')).toBe('C:/app/');
  });

  it('is unknown if paths are relative or have no common directory', () => {
    expect(guess('app/models/order.rb', 'main.rb')).toBe('');
    expect(guess('/a/x.rb', '/b/y.rb')).toBe('');
    expect(guess()).toBe('');
  });
});

it('reads hostile paths of a million characters in linear time', () => {
  const million = 1_000_000;
  for (const path of [
    '(eval at '.repeat(million / 9),
    `${'(eval at '.repeat(million / 20)}a${':1)'.repeat(million / 20)}x`,
    `/gems/${'a-'.repeat(million / 2)}`,
    `/gems/${'1-'.repeat(million / 2)}!/lib/x`,
    `/vendor/cache/${'a-'.repeat(million / 2)}`,
    '/lib/ruby/1'.repeat(million / 11),
    '/lib/ruby/vendor_ruby/'.repeat(million / 22),
    `/lib/${'a-linux-'.repeat(million / 8)}`,
    `/extensions/a/b/${'a-1'.repeat(million / 3)}`,
    '/extensions/a/b/'.repeat(million / 16),
    '/lib'.repeat(million / 4),
    'app/'.repeat(million / 4),
    `/${'config/'.repeat(million / 7)}`,
  ]) {
    expect(shortPath(path, ROOT)).not.toBe('');
    expect(guessRoot([path], [1])).not.toBeNull();
  }
});
