-- Undoes V202611210002__create_model_prices.sql. What it made is gone with its data.

DROP TABLE stipend.model_prices;
