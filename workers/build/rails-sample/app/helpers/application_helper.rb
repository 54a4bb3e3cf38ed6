module ApplicationHelper
  def shelf_mark(book) = format("%<shelf>s-%<id>04d", shelf: book.shelf, id: book.id)
end
