# A second, lighter leak: one entry for each text ever searched, the texts never repeat.
class SearchHistory
  ENTRIES = {}

  def self.remember(text, count) ENTRIES["#{text}@#{ENTRIES.size}"] = { text: text, count: count } end
end
