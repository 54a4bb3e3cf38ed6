class LoansController < ApplicationController
  def index
    @loans = @reader.loans.includes(:book).order(:created_at).limit(20)
  end

  def create
    loan = Loan.create!(book_id: params[:book_id], reader: @reader)
    ActivityFeed.announce("borrowed #{loan.book.title}")
    redirect_to loans_path(reader: @reader.id)
  end

  def update
    Loan.find(params[:id]).update!(returned_at: Time.current)
    head :no_content
  end
end
