class Reader < ApplicationRecord
  has_many :loans
  serialize :preferences, Hash

  validates :card, presence: true, uniqueness: true
end
