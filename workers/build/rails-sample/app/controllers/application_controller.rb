class ApplicationController < ActionController::Base
  helper ApplicationHelper
  before_action :find_reader
  after_action :listen

  private

  def find_reader
    @reader = Reader.find(params.fetch(:reader, 1))
  end

  def listen
    ActivityFeed.on_change { |change| logger.info("#{@reader.card} #{change}") }
  end
end
