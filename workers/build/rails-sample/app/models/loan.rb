class Loan < ApplicationRecord
  belongs_to :book
  belongs_to :reader

  scope :open, -> { where(returned_at: nil) }
end
