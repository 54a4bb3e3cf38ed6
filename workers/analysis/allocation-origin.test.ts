import { expect, it } from 'vitest';
import { allocationOrigin } from './allocation-origin.ts';

it.each([
  ['/usr/local/bundle/gems/rack-3.0.8/lib/rack/etag.rb', 'rack-3.0.8'],
  ['/srv/app/vendor/bundle/ruby/3.3.0/gems/oj-3.16.1/lib/oj/mimic.rb', 'oj-3.16.1'],
  [
    '/srv/app/vendor/bundle/ruby/3.3.0/bundler/gems/rails-abc123def456/activerecord/lib/base.rb',
    'rails-abc123def456',
  ],
  ['/srv/app/vendor/cache/thing-1b2c3d4e5f6a/lib/thing.rb', 'thing-1b2c3d4e5f6a'],
  ['vendor/cache/thing-1b2c3d4e5f6a/lib/thing.rb', 'thing-1b2c3d4e5f6a'],
  ['/srv/app/vendor/cache/thing-with-words/lib/thing.rb', '/srv/app/vendor/cache/thing-with-words/lib'],
  ['/srv/app/vendor/gems/our-billing/lib/billing.rb', 'our-billing'],
  ['/srv/app/gems/local_gem/lib/local.rb', '/srv/app/gems/local_gem/lib'],
  ['/x/gems/outer-1.0/vendor/gems/inner-2.0/lib/inner.rb', 'inner-2.0'],
  ['/usr/local/lib/ruby/gems/3.3.0/gems/debug-1.9.1/lib/debug/session.rb', 'debug-1.9.1'],
  [
    '/nix/store/abcd-ruby3.3-nokogiri-1.16.0/lib/ruby/gems/3.3.0/gems/nokogiri-1.16.0-x86_64-linux/lib/xml.rb',
    'nokogiri-1.16.0-x86_64-linux',
  ],
  [
    'C:/Ruby33-x64/lib/ruby/gems/3.3.0/gems/sqlite3-1.7.0-x64-mingw-ucrt/lib/sqlite3.rb',
    'sqlite3-1.7.0-x64-mingw-ucrt',
  ],
  ['C:\\Ruby33\\lib\\ruby\\gems\\3.3.0\\gems\\rack-3.0.8\\lib\\rack.rb', 'rack-3.0.8'],
  ['D:\\app\\models\\order.rb', 'D:/app/models'],
  ['C:/Ruby33-x64/lib/ruby/3.3.0/set.rb', 'ruby 3.3.0'],
  ['/usr/local/lib/ruby/3.3.0/x86_64-linux/socket.so', 'ruby 3.3.0'],
  ['/usr/lib/ruby/vendor_ruby/3.1.0/rubygems.rb', 'ruby 3.1.0'],
  ['<internal:/usr/local/lib/ruby/3.3.0/rubygems/core_ext/kernel_require.rb>', 'ruby 3.3.0'],
  ['<internal:kernel>', 'ruby core'],
  ['(eval at /srv/app/app/models/order.rb:12)', '/srv/app/app/models'],
  ['(eval at /usr/local/bundle/gems/rack-3.0.8/lib/rack/builder.rb:103)', 'rack-3.0.8'],
  ['(eval at (eval at /srv/app/lib/dsl.rb:3):1)', '/srv/app/lib'],
  ['(eval at (eval):1)', 'eval'],
  ['(eval at C:\\app\\dsl.rb:3)', 'C:/app'],
  ['(eval at <internal:kernel>:18)', 'ruby core'],
  ['(eval at /srv/app (copy)/order.rb:12)', '/srv/app (copy)'],
  ['(eval)', 'eval'],
  ['(irb)', '(no directory)'],
  ['(eval at (irb):1)', '(no directory)'],
  ['-e', '(no directory)'],
  ['app/models/order.rb', 'app/models'],
  ['/srv/app/engines/pay/app/models/pay.rb', '/srv/app/engines/pay/app/models'],
  ['back\\slash/in name.rb', 'back\\slash'],
])('%s comes from %s', (path, origin) => {
  expect(allocationOrigin(path)).toBe(origin);
});

it('reads paths of a million characters that are made to be slow', () => {
  const million = 1_000_000;
  for (const path of [
    '(eval at '.repeat(million / 9),
    `${'(eval at '.repeat(million / 20)}a${':1)'.repeat(million / 20)}x`,
    `/gems/${'a-'.repeat(million / 2)}`,
    `/vendor/cache/${'a-'.repeat(million / 2)}`,
    '/lib/ruby/1'.repeat(million / 11),
  ])
    expect(allocationOrigin(path)).not.toBe('');
});
