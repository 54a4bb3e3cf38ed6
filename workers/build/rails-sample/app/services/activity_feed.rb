# The leak. Each request adds a listener and nothing ever takes one away. A listener is a block made in a
# controller, so it keeps that controller, and with it the request, the response and every record it loaded.
class ActivityFeed
  LISTENERS = []

  def self.on_change(&listener) LISTENERS << listener end
  def self.announce(change) LISTENERS.last(3).each { |listener| listener.call(change) } end
end
