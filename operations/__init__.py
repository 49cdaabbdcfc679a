"""What operators do for people, teams, offices, households, orders and tariffs: pages over each room's services."""
