"""Cash on delivery: nothing to do now; the household says that it received the money."""

from __future__ import annotations

from shop.payment.gateway import Charge, ChargeRequest, ChargeState, GatewayUnavailable, StartedCharge


class CashOnDelivery:
    def start(self, request: ChargeRequest) -> StartedCharge:
        return StartedCharge(reference="", address=request.return_url)

    def look_up(self, reference: str) -> Charge:
        return Charge(ChargeState.OPEN)

    def close(self, reference: str) -> Charge:
        return Charge(ChargeState.CLOSED)

    def refund(self, *, receipt: str, amount: int, key: str) -> str:
        """Cash goes back by hand, not through us."""
        raise GatewayUnavailable
