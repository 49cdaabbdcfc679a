"""Which still life belongs to which listing of the demo."""

from __future__ import annotations

from collections.abc import Callable

from demo.painting.kitchen import (
    bamboo_shoots,
    grilled_fish,
    noodles,
    persimmons,
    sausages,
    smoked_pork,
    sour_shrimps,
    spice,
    turmeric,
)
from demo.painting.orchard_and_field import (
    custard_apples,
    dried_mushrooms,
    guavas,
    lotus_tea,
    old_tea,
    pomelos,
    red_peanuts,
    sticky_rice,
    taro,
    wax_gourds,
    white_rice,
    wood_ears,
)
from demo.painting.relief import Relief
from demo.painting.still_lifes import (
    bee_pollen,
    bud_tea,
    chicken,
    forest_honey,
    heart_cabbage,
    hen_eggs,
    hook_tea,
    jasmine_tea,
    jicama,
    longan_honey,
    matcha,
    shoot_tea,
    sweet_leaf,
    wild_gourd,
)

STILL_LIFES: dict[str, Callable[[Relief], None]] = {
    "Chè Tân Cương móc câu": hook_tea,
    "Chè nõn tôm Tân Cương": bud_tea,
    "Chè hoa nhài ướp tay": jasmine_tea,
    "Chè búp Thái Nguyên VietGAP": shoot_tea,
    "Bột trà xanh Tân Cương": matcha,
    "Gà đồi thả vườn làm sẵn": chicken,
    "Trứng gà ta": hen_eggs,
    "Rau ngót": sweet_leaf,
    "Mướp đắng rừng": wild_gourd,
    "Bắp cải trái tim": heart_cabbage,
    "Củ đậu": jicama,
    "Mật ong hoa rừng La Bằng": forest_honey,
    "Mật ong hoa nhãn": longan_honey,
    "Phấn hoa ong": bee_pollen,
    "Chè trung du La Bằng": old_tea,
    "Trà ướp sen La Bằng": lotus_tea,
    "Na dai La Hiên": custard_apples,
    "Bưởi Diễn": pomelos,
    "Ổi lê": guavas,
    "Nấm hương khô": dried_mushrooms,
    "Mộc nhĩ khô": wood_ears,
    "Gạo bao thai Định Hóa": white_rice,
    "Gạo nếp vải": sticky_rice,
    "Lạc đỏ": red_peanuts,
    "Bí xanh thơm Ba Bể": wax_gourds,
    "Khoai môn Ba Bể": taro,
    "Miến dong Na Rì": noodles,
    "Tinh bột nghệ": turmeric,
    "Hồng không hạt Ngân Sơn": persimmons,
    "Mác mật khô": spice,
    "Lạp sườn gác bếp": sausages,
    "Thịt lợn gác bếp": smoked_pork,
    "Măng khô": bamboo_shoots,
    "Cá mương nướng Ba Bể": grilled_fish,
    "Tép chua Ba Bể": sour_shrimps,
}
"""By the title of the listing in listings.csv."""
