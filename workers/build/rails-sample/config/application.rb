require "rails"
require "active_record/railtie"
require "action_controller/railtie"
require "action_view/railtie"

module Library
  class Application < Rails::Application
    config.root = File.expand_path("..", __dir__)
    config.load_defaults 6.1
    config.eager_load = true
    config.cache_classes = true
    config.consider_all_requests_local = true
    config.secret_key_base = "not a secret: this application serves nobody"
    config.hosts.clear
    config.logger = Logger.new(File::NULL)
    config.active_record.migration_error = false
    config.action_controller.allow_forgery_protection = false
  end
end
