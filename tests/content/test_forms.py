"""Every form is drawn with labels, marks, help and errors tied to their fields."""

from django import forms

from tests.accessibility import problems


class Visit(forms.Form):
    phone = forms.CharField(label="Điện thoại", help_text="Ví dụ 0912 345 678")
    note = forms.CharField(label="Ghi chú", required=False)
    way = forms.ChoiceField(label="Cách trả", choices=[("a", "Tiền mặt"), ("b", "Thẻ")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Đồng ý")
    key = forms.CharField(widget=forms.HiddenInput, initial="k")


def drawn(form: forms.Form) -> str:
    return f'<html lang="vi"><title>t</title><main><h1>t</h1>{form}</main></html>'


def test_an_empty_form_is_labelled_and_says_what_is_optional():
    html = drawn(Visit())
    assert problems(html) == []
    assert html.count("không bắt buộc") == 1
    assert 'aria-describedby="id_phone_helptext"' in html


def test_errors_are_tied_to_their_fields():
    html = drawn(Visit({"way": "a"}))
    assert problems(html) == []
    assert 'aria-invalid="true"' in html
    assert 'id="id_phone_error"' in html


def test_a_refusal_of_the_whole_form_is_announced():
    form = Visit({"phone": "0912345678", "way": "a", "agreed": "on", "key": "k"})
    form.add_error(None, "Số này đã có tài khoản.")
    assert 'role="alert"' in str(form)
    assert "Số này đã có tài khoản." in str(form)
