"""The orders of the shop, in place of a system that keeps them."""

ORDERS = {
    "4702": ("Carl Petersen", "bedside lamp", 2900),
    "4711": ("Ada Lind", "reading lamp", 3900),
    "4718": ("Carl Petersen", "floor lamp", 11900),
    "4720": ("Ben Okafor", "chandelier", 38900),
}
