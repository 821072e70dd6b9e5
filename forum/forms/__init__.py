"""What people type, cleaned; forms never save."""
