class ReadersController < ApplicationController
  def index
    @readers = Reader.order(:card).limit(15)
  end

  def show
    @loans = Reader.find(params[:id]).loans.includes(:book)
    render :index, locals: { readers: [@reader] }
  end
end
