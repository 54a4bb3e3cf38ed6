class Book < ApplicationRecord
  has_many :loans
  has_many :readers, through: :loans

  validates :title, presence: true
  scope :matching, ->(text) { where("title LIKE ?", "%#{sanitize_sql_like(text)}%") }

  def on_loan? = loans.any? { |loan| loan.returned_at.nil? }
end
