"""Descriptions and household names such as households write them: short, alike, full of others' words."""

from __future__ import annotations

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Lò", "Giàng", "Nông", "Y", "Thạch")
GIVEN = (
    "Văn Hùng", "Thị Lan", "Văn Sáu", "Thị Hạnh", "Thị Mai", "Văn Tám", "Thị Nga", "Văn Bình", "Thị Đào",
    "Thị Hồng", "Văn Thanh", "Thị Sen", "Văn Long", "Thị Bưởi", "Văn Quý", "Thị Thơm",
)  # fmt: skip
FRESH = {
    "Trái cây": (
        "Hái tại vườn buổi sáng, trái chín tự nhiên, không ngâm thuốc. Đóng thùng riêng, gửi trong ngày.",
        "Vườn nhà trồng theo VietGAP, vị ngọt đậm, vỏ mỏng. Ăn tươi hoặc ép nước, làm quà biếu đều hợp.",
        "Cắt theo đơn, bao từng trái. Dập hỏng gia đình đổi lại. Ngon hơn khi để mát.",
    ),
    "Rau củ": (
        "Rau hái sáng sớm, bón phân hữu cơ, không phun thuốc. Nấu canh, xào tỏi hoặc nhúng lẩu cá.",
        "Trồng trong nhà màng, cách ly đủ ngày. Rửa sạch, cắt gốc, đóng túi.",
    ),
    "Khoai và củ": ("Củ đều, không hà, mới đào. Luộc, hấp hay nấu canh sườn heo đều ngon.",),
    "Gạo và ngũ cốc": (
        "Cơm dẻo, thơm, để nguội vẫn mềm. Xay xát trong tuần, hút chân không.",
        "Lúa một vụ, ruộng nhà, không trộn. Nấu ít nước hơn gạo thường.",
    ),
    "Đậu và hạt": ("Hạt chắc, phơi nắng, sàng lọc kỹ. Rang, nấu chè, nấu sữa hoặc làm nhân bánh.",),
    "Thịt và giò chả": (
        "Nuôi thả đồi, ăn bắp và cám gạo, không chất tạo nạc. Giao lạnh trong ngày.",
        "Làm theo lối nhà, ướp tiêu, tỏi, mắc khén. Hút chân không, bảo quản ngăn mát.",
    ),
    "Trứng": ("Gà vịt ăn thóc, thả vườn, lòng đỏ béo. Lót trấu chống vỡ.",),
    "Thủy hải sản": (
        "Đánh bắt về bến là cấp đông, không ướp phân đạm. Làm sạch theo yêu cầu, chấm muối ớt chanh.",
        "Phơi một nắng trên giàn, ít muối. Nướng than ăn kèm xoài chua, rau răm.",
    ),
    "Nước mắm và mắm": ("Ủ chượp thùng gỗ mười hai tháng, màu cánh gián. Chấm rau luộc, kho cá, nêm canh.",),
    "Trà": (
        "Hái một tôm hai lá, sao tay, nước xanh, hậu ngọt. Pha nước tám mươi lăm độ.",
        "Uống thanh mát, ngủ ngon. Đóng hộp thiếc, hợp làm quà Tết.",
    ),
    "Cà phê và ca cao": ("Hái chín, sơ chế sạch, rang theo đơn. Vị đậm, thoảng sô cô la, pha phin hay pha máy.",),
    "Mật ong": (
        "Quay tổ chín, không pha đường, đọng phấn trên mặt chai. Pha chanh, ngâm nghệ, ngâm tỏi, ướp thịt nướng.",
    ),
    "Gia vị và rau thơm": ("Vườn nhà, thơm cay tự nhiên. Dùng nêm nếm, muối dưa, ướp cá thịt.",),
    "Nấm": ("Trồng trên mùn cưa cao su, không hóa chất. Nấu lẩu, xào thịt bò, kho chay.",),
    "Bún, miến, bánh tráng": ("Phơi nắng tự nhiên, không hàn the, không tẩy trắng. Ngâm nước ấm mười phút rồi nấu.",),
    "Bánh kẹo và mứt": (
        "Lò gia đình ba đời, ngọt vừa, không chất bảo quản. Hạn dùng ba tháng, gói giấy riêng từng chiếc.",
    ),
    "Đường, dầu, nước chấm": ("Nấu thủ công, không pha trộn. Dùng nấu chè, kho thịt, pha nước chấm.",),
    "Rượu và đồ uống": ("Men lá, chưng cất thủ công, khử độc tố. Không bán cho người dưới mười tám tuổi.",),
    "Dược liệu": ("Thu hái đúng tuổi, phơi sấy sạch. Hãm trà hoặc ngâm rượu, mật ong; hỏi thầy thuốc trước khi dùng.",),
    "Thủ công mỹ nghệ": ("Làm tay tại làng nghề, mỗi chiếc một khác. Nhận đặt theo mẫu.",),
    "Hoa và cây giống": ("Cây khỏe, bầu chắc, có hướng dẫn trồng và bón phân. Gửi xe lạnh.",),
}
MADE = {
    "dried": "Sấy lạnh giữ màu, không đường hóa học. Túi kín, để nơi khô ráo.",
    "oil": "Ép lạnh, lắng tự nhiên, không hương liệu.",
    "drink": "Sao vàng hạ thổ, mỗi lần một nhúm hãm nước sôi.",
}


def describe(seed: int, category: str, form: str, place: str) -> str:
    """A description as the household might have written it; the same for the same product every time."""
    texts = FRESH.get(category, ("Hàng nhà làm, gửi toàn quốc.",))
    text = MADE.get(form) or texts[seed % len(texts)]
    return f"{text} Hàng từ {place.split(',')[0]}." if seed % 3 == 0 else text


def household_name(seed: int, locality: str) -> str:
    if seed % 5 == 0:
        return f"Hợp tác xã nông nghiệp {locality}"
    return f"Hộ {FAMILY[seed % len(FAMILY)]} {GIVEN[seed // 16 % len(GIVEN)]}"
