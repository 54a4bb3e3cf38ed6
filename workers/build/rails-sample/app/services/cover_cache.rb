# No leak: a cache that forgets its oldest entry.
class CoverCache
  LIMIT = 40
  COVERS = {}

  def self.fetch(book)
    COVERS.shift if COVERS.size >= LIMIT && !COVERS.key?(book.id)
    COVERS[book.id] ||= "<svg><title>#{book.title}</title>#{"<path d='M0 0h1'/>" * 20}</svg>"
  end
end
