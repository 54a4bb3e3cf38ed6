Rails.application.routes.draw do
  root "books#index"
  resources :books, only: %i[index show] do
    resources :loans, only: :create
  end
  resources :loans, only: %i[index update]
  resources :readers, only: %i[index show]
  get "search", to: "books#search"
end
