# Boots the library, sends it requests, and writes a heap dump and a list of the people named in it.
# Usage: RAILS_ENV=production ruby dump.rb DUMP PEOPLE
require "objspace"
ObjectSpace.trace_object_allocations_start
require "logger"
require_relative "config/application"
Rails.application.initialize!

ActiveRecord::Schema.verbose = false
ActiveRecord::Schema.define do
  create_table(:books) { |t| t.string :title, :author, :shelf; t.text :summary; t.timestamps }
  create_table(:readers) { |t| t.string :card; t.text :preferences; t.timestamps }
  create_table(:loans) { |t| t.references :book; t.references :reader; t.datetime :returned_at; t.timestamps }
end

random = Random.new(11)
SHELVES = %w[art cooking history maps poetry science travel].freeze
150.times do |i|
  shelf = SHELVES[i % SHELVES.size]
  Book.create!(title: "A book of #{shelf}, volume #{i}", author: "Author #{i % 23}", shelf: shelf, summary: "On #{shelf}. " * 8)
end
50.times { |i| Reader.create!(card: format("card-%03d", i), preferences: { large_print: i.even?, shelf: SHELVES[i % 7] }) }
90.times { Loan.create!(book_id: random.rand(1..150), reader_id: random.rand(1..50)) }

session = ActionDispatch::Integration::Session.new(Rails.application)
160.times do |i|
  reader = random.rand(1..50)
  case i % 8
  when 0, 5 then session.get("/books?reader=#{reader}&page=#{random.rand(0..8)}")
  when 1 then session.get("/books/#{random.rand(1..150)}?reader=#{reader}")
  when 2 then session.get("/books.json?reader=#{reader}&page=#{random.rand(0..8)}")
  when 3 then session.get("/loans?reader=#{reader}")
  when 4 then session.post("/books/#{random.rand(1..150)}/loans?reader=#{reader}")
  when 6 then session.get("/search?q=#{SHELVES.sample(random: random)}&reader=#{reader}")
  when 7 then session.get("/readers?reader=#{reader}")
  end
  status = session.response.status
  raise "#{session.request.path}: #{status}\n#{session.response.body[0, 2000]}" if status >= 400
end

3.times { GC.start }
File.open(ARGV.fetch(0), "wb") { |file| ObjectSpace.dump_all(output: file) }
warn "#{RUBY_DESCRIPTION}, Rails #{Rails.version}: #{ActivityFeed::LISTENERS.size} listeners, #{SearchHistory::ENTRIES.size} searches, generation #{GC.count}"
# The people named in the gems' specifications: whoever publishes the dump replaces them.
File.write(ARGV.fetch(1), JSON.generate(ObjectSpace.each_object(Gem::Specification).flat_map { |gem| [*gem.authors, *gem.email] }.uniq))
