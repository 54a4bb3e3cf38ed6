class BooksController < ApplicationController
  PER_PAGE = 12

  def index
    @books = Book.includes(:loans).order(:title).offset(PER_PAGE * params[:page].to_i).limit(PER_PAGE)
    respond_to do |format|
      format.html
      format.json { render json: @books.map { |book| book.slice(:id, :title, :author) } }
    end
  end

  def show
    @book = Book.find(params[:id])
    @cover = CoverCache.fetch(@book)
  end

  def search
    @books = Book.matching(params[:q].to_s).limit(PER_PAGE).to_a
    SearchHistory.remember(params[:q], @books.size)
    render :index
  end
end
